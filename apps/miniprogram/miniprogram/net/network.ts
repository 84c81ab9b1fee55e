type Listener = (isConnected: boolean) => void
type OffListener = WechatMiniprogram.OffNetworkStatusChangeCallback

/**
 * Calls `listener` now and after every change, until the returned function is called.
 * https://developers.weixin.qq.com/miniprogram/dev/api/device/network/wx.onNetworkStatusChange.html
 */
export const onConnectivity = (listener: Listener): (() => void) => {
  let open = true
  const notify = (isConnected: boolean) => {
    if (open) listener(isConnected)
  }
  const onChange = ({ isConnected }: WechatMiniprogram.OnNetworkStatusChangeListenerResult) =>
    notify(isConnected)
  wx.onNetworkStatusChange(onChange)
  wx.getNetworkType({ success: ({ networkType }) => notify(networkType !== 'none') })

  return () => {
    open = false
    // The typings declare another listener for `off` than for `on`; WeChat takes the same one.
    wx.offNetworkStatusChange(onChange as unknown as OffListener)
  }
}
