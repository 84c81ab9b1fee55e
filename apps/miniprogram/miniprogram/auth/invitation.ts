import { read, remove, write } from '../utils/storage'
import { readSession } from './session'

const KEY = 'shareId'
/** The API looks into it; a longer text, which no card of ours has, would make it refuse the sign-in. */
const SHAPE = /^[A-Za-z0-9_.-]{1,256}$/

/** Keeps, until the user signs in, which user shared the card by which they came. */
export const keepInvitation = ({ shareId }: Record<string, string | undefined>): void => {
  if (shareId && SHAPE.test(shareId) && !readSession()) write(KEY, shareId)
}

/** The id of that card, or `undefined`. */
export const invitation = (): string | undefined => {
  const kept = read(KEY)

  return typeof kept === 'string' && SHAPE.test(kept) ? kept : undefined
}

export const forgetInvitation = (): void => {
  if (read(KEY) !== undefined) remove(KEY)
}
