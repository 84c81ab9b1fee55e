import type { Messages } from './zh-CN'

export const phoneLogin: Messages['phoneLogin'] = {
  byPhone: 'Sign in by phone number',
  declined: 'No problem: “Sign in with WeChat” needs no phone number.',
  noConsent:
    'The number cannot be read until you accept the Privacy Guidelines. Use “Sign in with WeChat”, or try again in 10 seconds.',
  tapFailed: 'WeChat did not provide a number. Try again, or use “Sign in with WeChat”.',
  unavailable: 'WeChat cannot provide the number right now. Please use “Sign in with WeChat”.',
  otherWay: '“Sign in with WeChat” needs no phone number; you can link one later.',
}
