import type { Messages } from './zh-CN'

export const consent: Messages['consent'] = {
  agree: 'I have read and agree to the ',
  userAgreement: 'User Agreement',
  and: ' and the ',
  askTitle: 'Please read and agree first',
  askText: 'Before you sign in, please read and agree to the ',
  agreeAndLogin: 'Agree and sign in',
  refuse: 'Not now',
}
