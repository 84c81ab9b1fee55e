import { TEXTS } from '../errors/texts.ts'

const { closed: _closedByItsOwner, ...reasons } = TEXTS.ACCOUNT_DISABLED

/** Why an account can be disabled, and what its owner is told when the operator adds no words. */
export const DISABLE_REASONS = reasons

export type DisableCode = keyof typeof DISABLE_REASONS

export const isDisableCode = (text: string): text is DisableCode =>
  Object.hasOwn(DISABLE_REASONS, text)
