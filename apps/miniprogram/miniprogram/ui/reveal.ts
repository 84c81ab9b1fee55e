/** Scrolls the page to the first element that the selector finds: at a large font it may be out of sight. */
export const reveal = (selector: string): void =>
  wx.pageScrollTo({ selector, duration: 200, fail: () => undefined })
