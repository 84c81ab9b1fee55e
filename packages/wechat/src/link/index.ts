export type { AppLink, AppLinks } from './app-link.ts'
export { createAppLinks } from './app-link.ts'
