import { messages } from '../i18n/index'

export type UpdateState = 'none' | 'ready' | 'failed'

let state: UpdateState = 'none'

/** The state of WeChat's download of a newer version. */
export const updateState = (): UpdateState => state

/**
 * Watches for a newer version and offers once to restart into it; later the personal centre does.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/update-mechanism.html
 */
export const watchUpdates = (): void => {
  if (!wx.canIUse('getUpdateManager')) return
  const manager = wx.getUpdateManager()
  manager.onUpdateReady(() => {
    state = 'ready'
    const { title, text, now } = messages.update
    wx.showModal({
      title,
      content: text,
      confirmText: now,
      cancelText: messages.common.cancel,
      success: ({ confirm }) => {
        if (confirm) manager.applyUpdate()
      },
    })
  })
  manager.onUpdateFailed(() => {
    state = 'failed'
  })
}

/** Restarts into the version that is ready. */
export const applyUpdate = (): void => {
  if (state === 'ready') wx.getUpdateManager().applyUpdate()
}
