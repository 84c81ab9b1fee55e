import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether WeChat signed this rawData for the holder of the session_key (`signature` beside rawData).
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
 * hmac_sha256 by which a server proves that it holds a session_key. The key is the base64 text as it
 * stands, not the bytes it encodes. Hexadecimal.
 */
export const signWithSessionKey = (sessionKey: string, data: string): string =>
  createHmac('sha256', sessionKey).update(data).digest('hex')

/** Compares two texts in a time that does not depend on where they differ. */
export const isEqual = (actual: string, expected: string): boolean => {
  const [left, right] = [Buffer.from(actual), Buffer.from(expected)]

  return left.length === right.length && timingSafeEqual(left, right)
}
