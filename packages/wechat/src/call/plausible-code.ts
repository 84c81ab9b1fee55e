import { WeChatError } from '../errors.ts'

const MAX_CODE_LENGTH = 512
const LONE_SURROGATE = /\p{Surrogate}/u

/** Throws `code_invalid` for a value that cannot be a code of WeChat's, so that it is not sent. */
export const assertPlausibleCode = (path: string, code: unknown): void => {
  const isPlausible =
    typeof code === 'string' &&
    code.length > 0 &&
    code.length <= MAX_CODE_LENGTH &&
    !LONE_SURROGATE.test(code)
  if (!isPlausible) {
    throw new WeChatError('code_invalid', `${path}: not sent, this cannot be a code of WeChat's`)
  }
}
