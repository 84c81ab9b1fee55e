import { apiBase } from '../config/env'

/** Where a picture is loaded from: those that were uploaded are below the API. Empty for none. */
export const pictureUrl = (avatarUrl: string): string => {
  if (/^\/[^/\\]/.test(avatarUrl)) return apiBase() + avatarUrl

  return avatarUrl.startsWith('https://') ? avatarUrl : ''
}
