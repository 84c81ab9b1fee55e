import { record } from '../plain.ts'
import type { Runtime } from '../runtime.ts'

interface Refusal {
  errMsg: string
  errno: number
}

/**
 * Consent to the privacy agreement.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export interface Privacy {
  enforced: boolean
  agreed: boolean
  contractName: string
  /** APIs that the agreement does not declare: they fail with errno 112. */
  undeclared: Set<string>
  /** Asks for consent when it is needed. Null, or the failure that the API must answer. */
  refusal(api: string): Promise<Refusal | null>
  /** The person tapped a button with open-type agreePrivacyAuthorization. */
  agreeTapped(buttonId: string): void
}

const NOT_AUTHORIZED = 104
const NOT_DECLARED = 112
/** After a refusal no dialog is shown for this long. */
const QUIET_PERIOD = 10_000

export const createPrivacy = (runtime: () => Runtime): Privacy => {
  let refusedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<boolean> | null = null
  let tappedButton: string | null = null

  const askApp = (api: string): Promise<boolean> | null => {
    const handler = runtime().listeners.last('NeedPrivacyAuthorization')
    if (!handler) return null
    return new Promise((resolve, reject) => {
      const decide = (answer: unknown): void => {
        const { event, buttonId } = record(answer)
        if (event === 'disagree') resolve(false)
        if (event !== 'agree') return
        const proven = buttonId === undefined || buttonId === tappedButton
        if (!proven)
          runtime().errors.report(new Error('resolve: buttonId is not the tapped button'))
        else resolve(true)
      }
      try {
        handler(decide as never, { referrer: api } as never)
      } catch (error) {
        reject(error)
      }
    })
  }
  const ask = (api: string): Promise<boolean> =>
    (asking ??= (
      askApp(api) ?? runtime().ui.ask<boolean>('privacy', { title: '用户隐私保护提示' })
    ).finally(() => {
      asking = null
    }))

  const privacy: Privacy = {
    enforced: runtime().bundle.app.usesPrivacyCheck,
    agreed: false,
    contractName: '《用户隐私保护指引》',
    undeclared: new Set(),
    async refusal(api) {
      if (!privacy.enforced) return null
      if (privacy.undeclared.has(api)) {
        return refuse(api, 'api scope is not declared in the privacy agreement', NOT_DECLARED)
      }
      if (privacy.agreed) return null
      const { environment } = runtime()
      if (environment.now() - refusedAt < QUIET_PERIOD) {
        return refuse(api, 'privacy permission is not authorized', NOT_AUTHORIZED)
      }
      privacy.agreed = await ask(api)
      if (privacy.agreed) return null
      refusedAt = environment.now()
      return refuse(api, 'privacy permission is not authorized', NOT_AUTHORIZED)
    },
    agreeTapped(buttonId) {
      tappedButton = buttonId
    },
  }
  return privacy
}

const refuse = (api: string, reason: string, errno: number): Refusal => ({
  errMsg: `${api}:fail ${reason}`,
  errno,
})
