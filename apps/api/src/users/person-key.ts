import { createHash } from 'node:crypto'

/**
 * Names a person of an app in counters, also before there is a user of theirs. A hash, so that the
 * store of the counts tells nobody who they are.
 */
export const personKey = ({ appId, openid }: { appId: string; openid: string }): string =>
  createHash('sha256').update(`${appId}:${openid}`).digest('base64url')
