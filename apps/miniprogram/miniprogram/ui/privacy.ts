/** An answer to WeChat. `buttonId` is the id of the tapped agreePrivacyAuthorization button. */
export type PrivacyAnswer =
  | { event: 'exposureAuthorization' }
  | { event: 'agree'; buttonId: string }
  | { event: 'disagree' }
type Resolve = (answer: PrivacyAnswer) => void
type Screen = (asking: boolean) => void

/** For this long after a refusal WeChat does not ask again: calls that need consent fail. */
const COOL_DOWN_MS = 10_000

/**
 * Consent to WeChat's privacy guidelines as a state machine: idle → asking → idle. One answer
 * settles all calls that wait. A refusal only fails the calls that need consent. When no page can
 * ask, the answer is a refusal, since WeChat keeps the call pending until it gets one.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export const createPrivacy = (now: () => number = Date.now) => {
  const screens: Screen[] = []
  let waiting: Resolve[] = []
  let refusedAt = Number.NEGATIVE_INFINITY

  const top = () => screens[screens.length - 1]
  const answer = (value: PrivacyAnswer) => {
    const resolves = waiting
    waiting = []
    for (const resolve of resolves) resolve(value)
    top()?.(false)
  }
  const refuse = () => {
    if (waiting.length > 0) refusedAt = now()
    answer({ event: 'disagree' })
  }

  return {
    /** WeChat needs consent for a call, which stays pending until `resolve` is called. */
    ask(resolve: Resolve): void {
      const screen = top()
      if (!screen) {
        resolve({ event: 'disagree' })
        return
      }
      waiting.push(resolve)
      screen(true)
      resolve({ event: 'exposureAuthorization' })
    },
    agree: (buttonId: string): void => answer({ event: 'agree', buttonId }),
    refuse,
    /** True while WeChat does not ask again because of a refusal. */
    isCoolingDown: (): boolean => now() - refusedAt < COOL_DOWN_MS,
    /**
     * Registers a page that can ask, until the returned function is called. Leaving it while it
     * asks is a refusal.
     */
    attach(screen: Screen): () => void {
      screens.push(screen)

      return () => {
        screens.splice(screens.indexOf(screen), 1)
        if (waiting.length > 0) refuse()
      }
    },
  }
}

export const privacy = createPrivacy()

/** Must run before any page, since the last registration wins. Needs base library 2.32.3. */
export const watchPrivacy = (): void => {
  if (!wx.canIUse('onNeedPrivacyAuthorization')) return
  // The typings declare the listener without its documented first argument.
  const listen = wx.onNeedPrivacyAuthorization as unknown as (
    listener: (resolve: Resolve) => void,
  ) => void
  listen((resolve) => privacy.ask(resolve))
}
