import { createHash } from 'node:crypto'

/** Credentials that stand in public articles, as SHA-256: anyone can have copied them. */
const PUBLISHED_APP_IDS = new Set([
  'c930c2f3bfd203c0e507d59b684b37ab251af9a4c1dd88a7cb726c25a06b249a',
])
const PUBLISHED_SECRETS = new Set([
  'fe1ce2bfce5dc6cffd9dbcf1d11a3e78c1fc3ac456484d24f3895d43eab439fd',
])

const sha256 = (text: string) =>
  createHash('sha256').update(text.trim().toLowerCase()).digest('hex')

export const isPublishedAppId = (appId: string) => PUBLISHED_APP_IDS.has(sha256(appId))
export const isPublishedSecret = (secret: string) => PUBLISHED_SECRETS.has(sha256(secret))
