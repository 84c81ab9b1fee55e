/** The texts by which the sign-in page asks for consent. */
export const consent = {
  agree: '我已阅读并同意',
  userAgreement: '《用户协议》',
  and: '和',
  askTitle: '请先阅读并同意',
  askText: '登录前，请阅读并同意',
  agreeAndLogin: '同意并登录',
  refuse: '不同意',
}
