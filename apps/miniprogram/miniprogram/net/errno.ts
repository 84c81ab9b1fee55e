import type { ErrnoTable } from '@oa/contracts'

// Retyped under the contract's types: a number that moves there does not compile here.
export const OK: ErrnoTable['OK'] = 0
export const FAIL: ErrnoTable['FAIL'] = -1
export const BAD_ARGUMENT: ErrnoTable['BAD_ARGUMENT'] = 401
export const BAD_VALUE: ErrnoTable['BAD_VALUE'] = 402
export const UNLOGIN: ErrnoTable['UNLOGIN'] = 501
export const SYSTEM: ErrnoTable['SYSTEM'] = 502
export const WX_CODE_INVALID: ErrnoTable['WX_CODE_INVALID'] = 701
export const WX_UNAVAILABLE: ErrnoTable['WX_UNAVAILABLE'] = 702
export const WX_RISK_BLOCKED: ErrnoTable['WX_RISK_BLOCKED'] = 703
export const ACCOUNT_DISABLED: ErrnoTable['ACCOUNT_DISABLED'] = 704
export const WX_SESSION_EXPIRED: ErrnoTable['WX_SESSION_EXPIRED'] = 705
export const TOO_MANY_REQUESTS: ErrnoTable['TOO_MANY_REQUESTS'] = 706
export const UNAVAILABLE: ErrnoTable['UNAVAILABLE'] = 707
export const NOT_FOUND: ErrnoTable['NOT_FOUND'] = 708
export const SESSION_ENDED: ErrnoTable['SESSION_ENDED'] = 714
export const FRESH_LOGIN_REQUIRED: ErrnoTable['FRESH_LOGIN_REQUIRED'] = 715
export const PHONE_TAKEN: ErrnoTable['PHONE_TAKEN'] = 716
export const PHONE_BUDGET_SPENT: ErrnoTable['PHONE_BUDGET_SPENT'] = 717
export const PHONE_CODE_INVALID: ErrnoTable['PHONE_CODE_INVALID'] = 718
