export { createApiSecurity } from './api-security.ts'
export type { ApiSecurityOptions } from './security-keys.ts'
