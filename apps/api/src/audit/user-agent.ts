const MAX_USER_AGENT = 512

/** As much of a User-Agent as its column holds: the longest one must not fail a sign-in. */
export const cutUserAgent = (userAgent: string): string =>
  userAgent.length <= MAX_USER_AGENT ? userAgent : [...userAgent].slice(0, MAX_USER_AGENT).join('')
