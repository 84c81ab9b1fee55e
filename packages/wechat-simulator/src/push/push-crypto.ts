import { createCipheriv, createHash, randomBytes } from 'node:crypto'

const BLOCK = 32

/** SHA-1 of the sorted parts. https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html */
export const signPush = (...parts: string[]) =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

/** AES-256-CBC of random, length, message and appid, padded to 32. https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html */
export const encryptPush = (
  message: string,
  {
    encodingAESKey,
    appid,
    random = randomBytes(16),
  }: {
    encodingAESKey: string
    appid: string
    random?: Buffer
  },
) => {
  const key = Buffer.from(`${encodingAESKey}=`, 'base64')
  const text = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([random, length, text, Buffer.from(appid)])
  const padding = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const sealed = [cipher.update(plain), cipher.update(Buffer.alloc(padding, padding))]

  return Buffer.concat([...sealed, cipher.final()]).toString('base64')
}
