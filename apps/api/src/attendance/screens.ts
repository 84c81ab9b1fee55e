import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { WeChatError } from '@oa/wechat'
import type { KeyRing } from '../config/key-ring.ts'
import { forbidden, meetingState, screenInvalid, wechatAway } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import { checkInOpensAt, isCheckInOpen } from '../meetings/attendance.ts'
import { isOrganiser } from '../meetings/transitions.ts'
import type { Viewer } from '../meetings/viewer.ts'
import type { User } from '../users/user.ts'
import type { Live, LiveMeeting } from './live.ts'
import type { CodePictures } from './pictures.ts'
import type { ScreenStore } from './screens-sql.ts'

const HOUR_MS = 3_600_000
const LIFE_MS = 24 * HOUR_MS
const KEY_BYTES = 32
const TOKEN_BYTES = 16
const PURPOSE = 'oa-mini screen'
/** Pictures are up to 100 kB each. */
const MOST_PICTURES = 50
const MEETING_PAGE = 'pages/meeting/detail/detail'

type Deps = {
  viewer: Viewer
  store: ScreenStore
  live: Live
  pictures: CodePictures
  keys: KeyRing
  wechats: { of(appId: string): Pick<WeChat, 'drawCode'> }
  clock: Clock
}
type Picture = { contentType: string; data: Buffer }

export type Screens = ReturnType<typeof createScreens>

/** Pages for projectors: who has the link sees codes and counts of one meeting, and no names. */
export const createScreens = ({ viewer, store, live, pictures, keys, wechats, clock }: Deps) => {
  const key = Buffer.from(hkdfSync('sha256', keys.current.key, '', PURPOSE, KEY_BYTES))
  const known = new Map<string, Picture>()

  const organise = async (user: User, publicId: string, requestId: string) => {
    const { meeting, actor, roles } = await viewer.view(user, publicId)
    if (!isOrganiser(roles)) throw forbidden('organisersOnly')
    const at = new Date(clock.now())
    const stamp = { orgId: meeting.orgId, subject: publicId, actorId: actor.id, requestId, at }
    return { meeting, actor, stamp }
  }
  const find = async (token: string): Promise<LiveMeeting> => {
    const meetingId = await store.findMeeting(hashOf(token), new Date(clock.now()))
    if (meetingId === null) throw screenInvalid()
    return live.read(meetingId)
  }

  return {
    /** The same request gets the same link again: it follows from who asks and the id they drew. */
    async make(user: User, publicId: string, drawn: string, requestId: string) {
      const { meeting, actor, stamp } = await organise(user, publicId, requestId)
      if (meeting.state !== 'scheduled' && meeting.state !== 'running') throw meetingState()
      const token = createHmac('sha256', key)
        .update(`${publicId}:${actor.publicId}:${drawn}`)
        .digest()
        .subarray(0, TOKEN_BYTES)
        .toString('base64url')
      const { expiresAt } = await store.add(
        {
          meetingId: meeting.id,
          tokenHash: hashOf(token),
          madeBy: actor.id,
          createdAt: stamp.at,
          expiresAt: new Date(stamp.at.getTime() + LIFE_MS),
        },
        stamp,
      )
      return { token, expiresAt }
    },

    async close(user: User, publicId: string, requestId: string): Promise<void> {
      const { meeting, stamp } = await organise(user, publicId, requestId)
      await store.revoke(meeting.id, stamp)
    },

    /** Rejects with LINK_INVALID for a link that shows nothing any more. */
    async show(token: string) {
      const meeting = await find(token)
      const now = clock.now()
      const codes = isCheckInOpen(meeting, now) ? await pictures.next(meeting.publicId, now) : []
      return { meeting, codes, opensAt: checkInOpensAt(meeting), now: new Date(now) }
    },

    /** WeChat's code that opens the page of the meeting, made once on each node. */
    async drawPicture(token: string): Promise<Picture> {
      const { publicId, org } = await find(token)
      const made = known.get(publicId)
      if (made !== undefined) return made
      const code = { scene: sceneOf(publicId), page: MEETING_PAGE }
      const picture = await wechats
        .of(org.appId)
        .drawCode(code)
        .catch((error: unknown) => {
          throw error instanceof WeChatError ? wechatAway() : error
        })
      known.set(publicId, picture)
      for (const oldest of known.keys()) {
        if (known.size <= MOST_PICTURES) break
        known.delete(oldest)
      }
      return picture
    },

    /** Resolves to how many links were forgotten. */
    removeOld: () => store.removeOld(new Date(clock.now() - LIFE_MS)),
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A scene has at most 32 characters, so that the id goes as 22 characters of base64url. */
const sceneOf = (publicId: string): string =>
  `m=${Buffer.from(publicId.replaceAll('-', ''), 'hex').toString('base64url')}`
