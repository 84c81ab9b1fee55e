import { createDecipheriv } from 'node:crypto'
import type { Attempt } from './attempts.ts'

/** As it is usually written: one error for everything, thrown as soon as something is wrong. */
export const naiveDecrypt = (
  { encryptedData, iv }: Attempt,
  { sessionKey, appId }: { sessionKey: string; appId: string },
): Record<string, unknown> => {
  try {
    const key = Buffer.from(sessionKey, 'base64')
    const decipher = createDecipheriv('aes-128-cbc', key, Buffer.from(iv, 'base64'))
    const text = decipher.update(encryptedData, 'base64', 'utf8') + decipher.final('utf8')
    const data = JSON.parse(text)
    if (data.watermark.appid !== appId) throw new Error('wrong app')
    if (Date.now() / 1_000 - data.watermark.timestamp > 300) throw new Error('too old')
    return data
  } catch {
    throw new Error('the data is not valid')
  }
}
