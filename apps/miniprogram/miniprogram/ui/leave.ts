/** Back to where the person came from; to a tab when the page was opened from a share link. */
export const leave = (tab: string): void => {
  if (getCurrentPages().length > 1) wx.navigateBack()
  else wx.switchTab({ url: tab })
}
