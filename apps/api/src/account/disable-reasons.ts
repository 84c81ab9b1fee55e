/** Why an account can be disabled, and what its owner is told when the operator adds no words. */
export const DISABLE_REASONS = {
  violation: '账号因违反使用规定已停用',
  security: '账号存在安全风险，已停用',
  departed: '你已不在该组织，账号已停用',
  requested: '账号已按你的申请停用',
  other: '账号已停用',
} as const

export type DisableCode = keyof typeof DISABLE_REASONS

export const isDisableCode = (text: string): text is DisableCode =>
  Object.hasOwn(DISABLE_REASONS, text)
