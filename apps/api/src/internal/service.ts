import { ERRNO } from '@oa/contracts'
import { WeChatError } from '@oa/wechat'
import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { BusinessError, errnoName, notFound } from '../errors/business-error.ts'
import { toBusinessError } from '../errors/wechat-errors.ts'
import type { AlertOperator } from '../infra/wechat/operator-alert.ts'
import type { CustomMessage, SubscribeMessage } from '../infra/wechat/types.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { UserStore } from '../users/sql.ts'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'

type Deps = {
  wechats: {
    of(appId: string): Pick<WeChat, 'accessToken' | 'sendSubscribeMessage' | 'sendCustomMessage'>
  }
  users: Pick<UserStore, 'findByKey'>
  audit: AuditLog
  alertOperator: AlertOperator
}

export type InternalService = ReturnType<typeof createInternalService>

/**
 * What the company's other services may do through this one, in the mini-program that they name and to
 * its users alone. AppSecret is not among it.
 */
export const createInternalService = (deps: Deps) => {
  const wechatOf = ({ appId }: Caller) => deps.wechats.of(appId)
  const find = createFind(deps)
  const audited = createAudited(deps)
  return {
    accessToken: (caller: Caller): Promise<{ accessToken: string; expiresAt: Date }> =>
      audited('access_token', caller, () => wechatOf(caller).accessToken()),

    /** NOT_FOUND for an unknown or closed account. */
    openid: (publicId: string, caller: Caller) =>
      audited('openid', caller, async (subject) => {
        const { openid, unionid, status } = await find(publicId, { subject, caller })
        return { openid, unionid, disabled: status !== UserStatus.active }
      }),

    /** Resolves to WeChat's id of the message, if it gave one. */
    subscribeMessage: (publicId: string, message: SubscribeMessage, caller: Caller) =>
      audited('subscribe_message', caller, async (subject) => {
        const { openid } = await find(publicId, { subject, caller })
        return await wechatOf(caller).sendSubscribeMessage(openid, message)
      }),

    customMessage: (publicId: string, message: CustomMessage, caller: Caller): Promise<void> =>
      audited('custom_message', caller, async (subject) => {
        const { openid } = await find(publicId, { subject, caller })
        await wechatOf(caller).sendCustomMessage(openid, message)
      }),

    /** Keeps a record of a call without a valid service token. */
    recordRefusal: (caller: Caller, route: string): Promise<void> =>
      deps.audit.record(
        { kind: 'service_refused', outcome: errnoName(ERRNO.UNLOGIN) },
        { user: null, session: null },
        { ...caller, userAgent: `unknown service: ${route}` },
      ),
  }
}

type Action = 'access_token' | 'openid' | 'subscribe_message' | 'custom_message'
/** The user that a call turned out to be about. */
type Subject = { user: User | null }

const createFind =
  ({ users }: Deps) =>
  async (publicId: string, { subject, caller }: { subject: Subject; caller: Caller }) => {
    const user = await users.findByKey({ publicId: publicId.toLowerCase() })
    if (user?.appId !== caller.appId || user.status === UserStatus.closed) throw notFound()
    subject.user = user
    return user
  }

const createAudited =
  ({ audit, alertOperator }: Deps) =>
  async <T>(action: Action, caller: Caller, work: (subject: Subject) => Promise<T>): Promise<T> => {
    const subject: Subject = { user: null }
    const record = (kind: 'service_call' | 'service_refused', outcome: string) =>
      audit.record({ kind, outcome }, { user: subject.user, session: null }, caller)
    try {
      const result = await work(subject)
      await record('service_call', action)
      return result
    } catch (error) {
      const isOfWeChat = error instanceof WeChatError
      if (isOfWeChat) alertOperator('internal', error, caller.appId)
      const failure = isOfWeChat ? toBusinessError('internal', error) : error
      if (failure instanceof BusinessError) {
        await record('service_refused', errnoName(failure.errno))
      }
      throw failure
    }
  }
