/** Loads for a user who pulled the page down, and lets it go up again whatever comes of that. */
export const whilePulledDown = async (load: () => Promise<void>): Promise<void> => {
  try {
    await load()
  } finally {
    wx.stopPullDownRefresh()
  }
}
