/** The texts of the button that signs in by phone number. */
export const phoneLogin = {
  byPhone: '手机号快捷登录',
  declined: '没有授权手机号也没关系，可以使用“微信一键登录”。',
  noConsent: '还没有同意隐私保护指引，暂时不能获取手机号。可以使用“微信一键登录”，或 10 秒后再试。',
  tapFailed: '没有取得手机号，请再试一次，或使用“微信一键登录”。',
  unavailable: '暂时无法通过微信取得手机号，请使用“微信一键登录”。',
  otherWay: '不用手机号也能登录：使用“微信一键登录”，以后再绑定。',
}
