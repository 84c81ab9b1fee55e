import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether `signature` is WeChat's signature of this rawData for the user with this session_key.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export const isRawDataSignature = (
  signature: string,
  { rawData, sessionKey }: { rawData: string; sessionKey: string },
): boolean => {
  const expected = createHash('sha1').update(rawData).update(sessionKey).digest('hex')

  return isEqual(signature, expected)
}

/**
 * hmac_sha256 with which a server proves that it holds a session_key, hexadecimal. The key is the base64
 * text itself, not the bytes that it encodes.
 */
export const signWithSessionKey = (sessionKey: string, data: string): string =>
  createHmac('sha256', sessionKey).update(data).digest('hex')

/** Compares two texts in constant time. */
export const isEqual = (actual: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(actual), Buffer.from(expected)]

  return left.length === right.length && timingSafeEqual(left, right)
}
