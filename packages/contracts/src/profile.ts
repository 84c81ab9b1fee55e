import type { Static } from 'typebox'
import { Type } from 'typebox'
import { DisplayText } from './text.ts'
import { Gender } from './user-info.ts'

const Birthday = Type.Union(
  [
    Type.String({ maxLength: 10, pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['1990-01-31'] }),
    Type.Null(),
  ],
  { description: 'null when the user has not told it' },
)

/** Which state of the profile the client has seen: it changes with every edit. */
const ProfileVersion = Type.String({
  format: 'date-time',
  maxLength: 24,
  examples: ['2026-11-21T08:00:00.000Z'],
})

export const ProfileNotice = Type.Union(
  [Type.Literal('none'), Type.Literal('name'), Type.Literal('picture')],
  { description: 'what WeChat refused after it was saved; the next edit clears it' },
)
export type ProfileNotice = Static<typeof ProfileNotice>

/** A profile as its owner sees it. */
export const ProfileResult = Type.Object({
  nickName: Type.String({ examples: ['小明😀'] }),
  avatarUrl: Type.String({
    description:
      'https URL; or a path of this API, which begins with /; or empty when there is none',
  }),
  gender: Gender,
  birthday: Birthday,
  version: ProfileVersion,
  pictureState: Type.Union([Type.Literal('checked'), Type.Literal('checking')], {
    description: 'checking: only the owner sees the picture, until WeChat has judged it',
  }),
  notice: ProfileNotice,
})
export type ProfileResult = Static<typeof ProfileResult>

/** Fields that are absent stay as they are. */
export const UpdateProfileRequest = Type.Object(
  {
    version: ProfileVersion,
    nickName: Type.Optional(DisplayText({ minLength: 1, maxLength: 63, examples: ['小明😀'] })),
    gender: Type.Optional(Gender),
    birthday: Type.Optional(Birthday),
  },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdateProfileRequest = Static<typeof UpdateProfileRequest>
