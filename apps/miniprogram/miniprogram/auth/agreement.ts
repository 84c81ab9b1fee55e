import { agreement } from '../config/agreement'
import { read, remove, write } from '../utils/storage'

const KEY = 'agreement'

/** Whether the user agreed, on this phone, to the agreement as it is now and to the guidelines. */
export const hasAgreed = (): boolean => read(KEY) === agreement.version

/** What a sign-in tells the server, which keeps the first time of each version. */
export const agreedVersion = (): string | undefined => (hasAgreed() ? agreement.version : undefined)

/** Stored at once, so that later sign-ins take one tap; a tick that is taken back is forgotten. */
export const setAgreed = (agreed: boolean): void => {
  if (agreed) write(KEY, agreement.version)
  else remove(KEY)
}
