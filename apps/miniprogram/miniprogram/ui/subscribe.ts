/**
 * What the user answered about a template: `off` when all messages of this mini-program are switched
 * off in WeChat, `banned` when WeChat does not let it ask.
 */
export type SubscribeAnswer = 'accepted' | 'declined' | 'off' | 'banned' | 'unsupported' | 'failed'

/** What the user has chosen for good in WeChat, by template. */
export type SubscribeSettings = { isOff: boolean; refused: string[] }

const SWITCHED_OFF = 20004
const APP_BANNED = 20005

/**
 * Asks whether one message may be sent; WeChat allows it only in the very tap, so nothing may be awaited
 * before. https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
 */
export const askToSubscribe = (templateId: string): Promise<SubscribeAnswer> =>
  new Promise((resolve) => {
    if (!wx.canIUse('requestSubscribeMessage')) return resolve('unsupported')

    wx.requestSubscribeMessage({
      tmplIds: [templateId],
      success: (answers) => resolve(toAnswer(answers[templateId])),
      fail: ({ errCode }) => resolve(toFailure(errCode)),
    })
  })

/** Asks about several in one sheet, under the same rules; resolves to those that were accepted. */
export const askToSubscribeTo = (templateIds: string[]): Promise<string[]> =>
  new Promise((resolve) => {
    if (!wx.canIUse('requestSubscribeMessage')) return resolve([])

    wx.requestSubscribeMessage({
      tmplIds: templateIds,
      success: (answers) =>
        resolve(templateIds.filter((id) => toAnswer(answers[id]) === 'accepted')),
      fail: () => resolve([]),
    })
  })

const toAnswer = (answer = ''): SubscribeAnswer => {
  if (answer.startsWith('accept')) return 'accepted'
  return answer === 'reject' ? 'declined' : 'banned'
}

const toFailure = (errCode?: number): SubscribeAnswer => {
  if (errCode === SWITCHED_OFF) return 'off'
  return errCode === APP_BANNED ? 'banned' : 'failed'
}

/** Nothing is refused when WeChat cannot say. */
export const subscribeSettings = (): Promise<SubscribeSettings> =>
  new Promise((resolve) => {
    wx.getSetting({
      withSubscriptions: true,
      success: ({ subscriptionsSetting }) => resolve(toSettings(subscriptionsSetting)),
      fail: () => resolve(NOTHING_REFUSED),
    })
  })

/** Opens WeChat's page where the user changes them; false when it cannot be opened. */
export const openSubscribeSettings = (): Promise<boolean> =>
  new Promise((resolve) => {
    wx.openSetting({
      withSubscriptions: true,
      success: () => resolve(true),
      fail: () => resolve(false),
    })
  })

const NOTHING_REFUSED: SubscribeSettings = { isOff: false, refused: [] }

type Setting = Partial<WechatMiniprogram.SubscriptionsSetting>

/** Older base libraries say nothing of subscriptions. */
const toSettings = (setting?: Setting): SubscribeSettings => {
  const choices: Record<string, unknown> = { ...setting?.itemSettings }
  return {
    isOff: setting?.mainSwitch === false,
    refused: Object.keys(choices).filter((id) => choices[id] === 'reject'),
  }
}
