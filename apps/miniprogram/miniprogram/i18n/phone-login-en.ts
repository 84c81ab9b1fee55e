import type { Messages } from './zh-CN'

export const phoneLogin: Messages['phoneLogin'] = {
  byPhone: 'Sign in by phone number',
  agreeAndLogin: 'Agree and sign in by phone',
  declined: 'That is fine: “Sign in with WeChat” needs no phone number.',
  noConsent:
    'The number cannot be read until you accept the Privacy Guidelines. Use “Sign in with WeChat”, or try again in 10 seconds.',
  tapFailed: 'WeChat gave no number. Try again, or use “Sign in with WeChat”.',
  unavailable: 'WeChat cannot give the number right now. Please use “Sign in with WeChat”.',
  otherWay: '“Sign in with WeChat” needs no phone number; you can bind one later.',
}
