import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAesKey, decryptPush, encryptPush, isPushSignature, signPush } from './push-crypto.ts'

const TOKEN = 'AAAAA'
const APP_ID = 'wxb11529c136998cb6'
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const OLD_KEY = 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba'

describe('the encryption of pushes', () => {
  it.each([
    ['1714036504', '1514711492', 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    ['1714037059', '486452656', '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
  ])('signs as in WeChat’s examples', (timestamp, nonce, signature) => {
    expect(signPush(TOKEN, timestamp, nonce)).toBe(signature)
    expect(isPushSignature(signature, TOKEN, timestamp, `${nonce}0`)).toBe(false)
  })

  it('encrypts as in WeChat’s example, and decrypts it again', () => {
    const key = decodeAesKey(KEY)
    const encrypted = encryptPush('我是中文abcd123', key, APP_ID, Buffer.from('aaaabbbbccccdddd'))
    expect(encrypted).toBe(
      'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
    )
    expect(decryptPush(encrypted, key, APP_ID)).toBe('我是中文abcd123')
    expect(decryptPush(encrypted, key, 'wxb11529c136998cb7')).toBeNull()
    expect(decryptPush(encrypted, decodeAesKey(OLD_KEY), APP_ID)).toBeNull()
  })

  it('decrypts any text it encrypted, and returns null for other bytes', () => {
    const key = decodeAesKey(KEY)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.base64String(), (text, other) => {
        expect(decryptPush(encryptPush(text, key, APP_ID), key, APP_ID)).toBe(text)
        expect(decryptPush(other, key, APP_ID)).toBeNull()
      }),
    )
  })

  it.each(['', 'short', `${KEY}=`, `${KEY.slice(0, 42)}!`])(
    '%s is not an EncodingAESKey',
    (key) => {
      expect(() => decodeAesKey(key)).toThrow(TypeError)
    },
  )
})
