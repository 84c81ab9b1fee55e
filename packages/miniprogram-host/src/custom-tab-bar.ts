/**
 * Path of the component that an app with `"custom": true` in its tab bar draws instead of WeChat's.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/custom-tabbar.html
 */
export const CUSTOM_TAB_BAR = 'custom-tab-bar/index'
