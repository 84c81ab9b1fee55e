/** Goes back to the previous page, or to `tab` when there is none, as after a share link. */
export const leave = (tab: string): void => {
  if (getCurrentPages().length > 1) wx.navigateBack()
  else wx.switchTab({ url: tab })
}
