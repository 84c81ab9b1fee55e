import type { Bundle } from '../../compile/bundle.ts'
import type { ErrorReporter } from '../errors.ts'
import type { HostBindings } from '../host-bindings.ts'
import type { Listeners } from '../listeners.ts'
import { record } from '../plain.ts'
import type { HostUi } from '../ui/host-ui.ts'

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
  /** Whether consent is required and not given. */
  readonly isMissing: boolean
  contractName: string
  /** APIs that the agreement does not declare; they fail with errno 112. */
  undeclared: Set<string>
  /** Asks for consent if required. Resolves with null or the failure that the API returns. */
  refusal(api: string): Promise<Refusal | null>
  /** Called when the user taps a button with open-type agreePrivacyAuthorization: gives consent. */
  agreeTapped(buttonId: string): void
}

/** What consent uses of the running mini-program. */
interface PrivacyRuntime {
  bundle: Bundle
  environment: Pick<HostBindings, 'now'>
  errors: ErrorReporter
  listeners: Listeners
  ui: HostUi
}

/** For this long after a refusal no dialog is shown. */
const QUIET_MILLISECONDS = 10_000

const refusals = {
  notAuthorized: { reason: 'privacy permission is not authorized', errno: 104 },
  notDeclared: { reason: 'api scope is not declared in the privacy agreement', errno: 112 },
}

export const createPrivacy = (runtime: PrivacyRuntime): Privacy => {
  const { bundle, environment, ui } = runtime
  let refusedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<boolean> | null = null
  let tappedButton: string | null = null

  const askOnce = async (api: string): Promise<boolean> => {
    try {
      return await askUser(runtime, api, () => tappedButton)
    } finally {
      asking = null
    }
  }
  /** Concurrent calls share one question and its answer. */
  const ask = (api: string): Promise<boolean> => {
    asking ??= askOnce(api)
    return asking
  }
  const privacy: Privacy = {
    enforced: bundle.app.usesPrivacyCheck,
    agreed: false,
    get isMissing() {
      return privacy.enforced && !privacy.agreed
    },
    contractName: '《用户隐私保护指引》',
    undeclared: new Set(),
    async refusal(api) {
      if (!privacy.enforced) return null
      if (privacy.undeclared.has(api)) return refuse(api, refusals.notDeclared)
      if (privacy.agreed) return null
      const isQuiet = environment.now() - refusedAt < QUIET_MILLISECONDS
      if (isQuiet) return refuse(api, refusals.notAuthorized)
      privacy.agreed = await ask(api)
      ui.changed()
      if (privacy.agreed) return null
      refusedAt = environment.now()
      return refuse(api, refusals.notAuthorized)
    },
    agreeTapped(buttonId) {
      tappedButton = buttonId
      privacy.agreed = true
      ui.changed()
    },
  }
  return privacy
}

/** Asks by the app's wx.onNeedPrivacyAuthorization listener; without one, by WeChat's dialog. */
const askUser = (
  { listeners, ui, errors }: PrivacyRuntime,
  api: string,
  tappedButton: () => string | null,
): Promise<boolean> => {
  const handler = listeners.last('NeedPrivacyAuthorization')
  if (!handler) return ui.ask('privacy', { title: '用户隐私保护提示' })
  return new Promise((resolve, reject) => {
    const decide = (answer: unknown): void => {
      const { event, buttonId } = record(answer)
      if (event === 'disagree') resolve(false)
      if (event !== 'agree') return
      if (buttonId === undefined || buttonId === tappedButton()) resolve(true)
      else errors.report(new Error('resolve: buttonId is not the tapped button'))
    }
    try {
      handler(decide as never, { referrer: api } as never)
    } catch (error) {
      reject(error)
    }
  })
}

const refuse = (api: string, { reason, errno }: { reason: string; errno: number }): Refusal => ({
  errMsg: `${api}:fail ${reason}`,
  errno,
})
