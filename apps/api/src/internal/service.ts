import { ERRNO } from '@oa/contracts'
import type {
  AccessTokenResult,
  CustomMessageRequest,
  OpenidResult,
  SubscribeMessageRequest,
  SubscribeMessageResult,
} from '@oa/contracts/internal'
import type { Caller } from '../audit/caller.ts'
import type { Audit } from '../audit/service.ts'
import { BusinessError, errnoName, notFound } from '../errors/business-error.ts'
import type { Alarm } from '../infra/wechat/operator-alert.ts'
import type { WeChat } from '../infra/wechat/types.ts'
import { WeChatFailure } from '../infra/wechat/types.ts'
import type { User, UserStore } from '../users/user.ts'
import { toMessageFailure } from './failures.ts'

type Deps = {
  wechat: Pick<WeChat, 'accessToken' | 'sendSubscribeMessage' | 'sendCustomMessage'>
  users: Pick<UserStore, 'findByName'>
  appId: string
  audit: Audit
  alarm: Alarm
}

/** What the company's other services may do through this one. AppSecret is not among it. */
export type Internal = {
  accessToken(caller: Caller): Promise<AccessTokenResult>
  /** Of somebody closed or never seen: NOT_FOUND. */
  openid(publicId: string, caller: Caller): Promise<OpenidResult>
  subscribeMessage(
    request: SubscribeMessageRequest,
    caller: Caller,
  ): Promise<SubscribeMessageResult>
  customMessage(request: CustomMessageRequest, caller: Caller): Promise<void>
  /** Keeps a record of a call that showed no token of ours. */
  refuseStranger(caller: Caller, route: string): Promise<void>
}

export const createInternal = (deps: Deps): Internal => {
  const { wechat } = deps
  const find = createFind(deps)
  const audited = createAudited(deps)
  return {
    accessToken: (caller) =>
      audited('access_token', caller, async () => {
        const { accessToken, expiresAt } = await wechat.accessToken()
        return { access_token: accessToken, expires_in: secondsUntil(expiresAt) }
      }),
    openid: (publicId, caller) =>
      audited('openid', caller, async (about) => {
        const { openid, unionid, status } = await find(publicId, about)
        return { openid, unionid, disabled: status !== 0 }
      }),
    subscribeMessage: ({ publicId, ...message }, caller) =>
      audited('subscribe_message', caller, async (about) => {
        const { openid } = await find(publicId, about)
        return { msgId: await wechat.sendSubscribeMessage(openid, message) }
      }),
    customMessage: ({ publicId, message }, caller) =>
      audited('custom_message', caller, async (about) => {
        const { openid } = await find(publicId, about)
        await wechat.sendCustomMessage(openid, message)
      }),
    refuseStranger: (caller, route) =>
      deps.audit.record(
        { kind: 'service_refused', outcome: errnoName(ERRNO.UNLOGIN) },
        { user: null, session: null },
        { ...caller, userAgent: `unknown service: ${route}` },
      ),
  }
}

type Action = 'access_token' | 'openid' | 'subscribe_message' | 'custom_message'
/** Whom a call turned out to be about. */
type About = { user: User | null }

const createFind =
  ({ users, appId }: Deps) =>
  async (publicId: string, about: About) => {
    const user = await users.findByName({ publicId: publicId.toLowerCase() })
    if (user === null || user.appId !== appId || user.status === 2) throw notFound()
    about.user = user
    return user
  }

const createAudited =
  ({ audit, alarm }: Deps) =>
  async <T>(action: Action, caller: Caller, work: (about: About) => Promise<T>): Promise<T> => {
    const about: About = { user: null }
    const record = (kind: 'service_call' | 'service_refused', outcome: string) =>
      audit.record({ kind, outcome }, { ...about, session: null }, caller)
    try {
      const result = await work(about)
      await record('service_call', action)
      return result
    } catch (error) {
      if (error instanceof WeChatFailure) alarm(error)
      const failure = error instanceof WeChatFailure ? toMessageFailure(error) : error
      if (failure instanceof BusinessError) {
        await record('service_refused', errnoName(failure.errno))
      }
      throw failure
    }
  }

const secondsUntil = (at: Date) => Math.max(0, Math.floor((at.getTime() - Date.now()) / 1_000))
