type Listener = (isConnected: boolean) => void
type OffListener = WechatMiniprogram.OffNetworkStatusChangeCallback

/**
 * Calls `listener` now and after every change, until the returned function is called.
 * https://developers.weixin.qq.com/miniprogram/dev/api/device/network/wx.onNetworkStatusChange.html
 */
export const onConnectivity = (listener: Listener): (() => void) => {
  let open = true
  const tell = (isConnected: boolean) => {
    if (open) listener(isConnected)
  }
  const onChange = ({ isConnected }: WechatMiniprogram.OnNetworkStatusChangeListenerResult) =>
    tell(isConnected)
  wx.onNetworkStatusChange(onChange)
  wx.getNetworkType({ success: ({ networkType }) => tell(networkType !== 'none') })

  return () => {
    open = false
    // The typings give the listener of `off` another argument than that of `on`; it is the same one.
    wx.offNetworkStatusChange(onChange as unknown as OffListener)
  }
}
