const SMALLEST = 0.9
/** The layout is made for scales up to this one, the largest of WeChat's 关怀模式 and of phones. */
const LARGEST = 1.75

/**
 * Style of a page's root: `--scale` follows the font size that the user chose in WeChat.
 * https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html
 */
export const rootStyle = (): string => {
  const factor = chosenFactor()

  return `--scale: ${Math.min(LARGEST, Math.max(SMALLEST, factor))}`
}

/**
 * What a page shows anew whenever it comes up, since font size and language may have changed
 * meanwhile: its texts as `t`, the style of its root, and the title of the navigation bar.
 */
export const appearance = <T>(t: T, title: string): { t: T; rootStyle: string } => {
  wx.setNavigationBarTitle({ title })

  return { t, rootStyle: rootStyle() }
}

const chosenFactor = (): number => {
  try {
    const { fontSizeScaleFactor } = wx.getAppBaseInfo()
    return Number.isFinite(fontSizeScaleFactor) ? fontSizeScaleFactor : 1
  } catch {
    return 1
  }
}
