import type { CreateVoteRequest, UpdateVoteRequest } from '@oa/contracts'
import { badValue } from '../errors/business-error.ts'
import type { NewId } from '../org/rows.ts'
import type { NewOption, VoteFields } from './change-sql.ts'
import type { Meaning, VoteOption } from './rows.ts'

/** What requests say of a draft; what is absent stays, or is as by default. */
export type DraftRequest = Partial<
  Omit<CreateVoteRequest & UpdateVoteRequest, 'orgId' | 'meetingId' | 'requestId' | 'version'>
>

export type Draft = { fields: VoteFields; options: NewOption[] }

type Present = VoteFields & { options: readonly Pick<VoteOption, 'text' | 'meaning'>[] }

const ABSTAIN = '弃权'
const MOTION: readonly { text: string; meaning: Meaning }[] = [
  { text: '赞成', meaning: 'for' },
  { text: '反对', meaning: 'against' },
  { text: ABSTAIN, meaning: 'abstain' },
]

/** Before anything is said. */
export const blankVote = (inMeeting: boolean): Present => ({
  title: '',
  detail: '',
  kind: 'motion',
  secret: false,
  changeable: false,
  live: false,
  minChoices: 1,
  maxChoices: 1,
  rule: 'simple_majority',
  quorumPercent: 0,
  electorate: inMeeting ? 'checked_in' : 'everyone',
  closesAt: null,
  options: [],
})

/** The draft that a request makes of another one; throws what does not go together. */
export const draftOf = (
  request: DraftRequest,
  before: Present,
  { inMeeting, newId }: { inMeeting: boolean; newId: NewId },
): Draft => {
  const secret = request.secrecy === undefined ? before.secret : request.secrecy === 'secret'
  const kind = request.kind ?? before.kind
  const fields: VoteFields = {
    title: request.title ?? before.title,
    detail: request.detail ?? before.detail,
    kind,
    secret,
    changeable: request.changeable ?? before.changeable,
    live: request.results === undefined ? before.live : request.results === 'live',
    minChoices: kind === 'motion' ? 1 : (request.min ?? before.minChoices),
    maxChoices: kind === 'motion' ? 1 : (request.max ?? before.maxChoices),
    rule: request.rule ?? before.rule,
    quorumPercent: request.quorumPercent ?? before.quorumPercent,
    electorate: request.electorate ?? before.electorate,
    closesAt: closesAtOf(request.closesAt, before.closesAt),
  }
  if (secret && (fields.changeable || fields.live)) throw badValue('secretVote')
  const isOfMeeting = fields.electorate === 'checked_in' || fields.electorate === 'participants'
  if (isOfMeeting !== inMeeting) throw badValue('electorate')
  const options = kind === 'motion' ? MOTION : optionsOf(request, before)
  const choices = options.filter(({ meaning }) => meaning === null).length
  const { minChoices, maxChoices } = fields
  if (kind === 'choice' && (minChoices > maxChoices || maxChoices > choices)) {
    throw badValue('choiceBounds')
  }
  return { fields, options: options.map((option) => ({ ...option, publicId: newId() })) }
}

const closesAtOf = (asked: string | null | undefined, before: Date | null) => {
  if (asked === undefined) return before
  return asked === null ? null : new Date(asked)
}

const optionsOf = (
  { options, abstain }: DraftRequest,
  before: Present,
): { text: string; meaning: Meaning }[] => {
  const isChoice = before.kind === 'choice'
  const known = isChoice ? before.options.filter(({ meaning }) => meaning === null) : []
  const texts = options ?? known.map(({ text }) => text)
  if (texts.length < 2) throw badValue('options')
  const abstains =
    abstain ?? (isChoice && before.options.some(({ meaning }) => meaning === 'abstain'))
  if (abstains && texts.includes(ABSTAIN)) throw badValue('options')
  const plain = texts.map((text) => ({ text, meaning: null }))
  return abstains ? [...plain, { text: ABSTAIN, meaning: 'abstain' }] : plain
}
