import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** Data as the client gets it: openable only with the session_key it was made with. */
export interface EncryptedData {
  encryptedData: string
  iv: string
}

/** AES-128-CBC with PKCS#7. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
export const encryptUserData = (data: object, sessionKey: string): EncryptedData => {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()])

  return { encryptedData: sealed.toString('base64'), iv: iv.toString('base64') }
}

/** The signature of the rawData that wx.getUserInfo and wx.getUserProfile answer. */
export const signRawData = (rawData: string, sessionKey: string) =>
  createHash('sha1').update(`${rawData}${sessionKey}`).digest('hex')
