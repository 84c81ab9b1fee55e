import { expect, it } from 'vitest'
import { encryptPush, signPush } from './push-crypto.ts'

// Examples of the two pages that push-crypto.ts names.
it.each([
  ['f464b24fc39322e44b38aa78f5edd27bd1441696', '1714036504', '1514711492'],
  ['899cf89e464efb63f54ddac96b0a0a235f53aa78', '1714037059', '486452656'],
])('signs as published: %s', (signature, timestamp, nonce) => {
  expect(signPush('AAAAA', timestamp, nonce)).toBe(signature)
})

it('encrypts as published', () => {
  const sealed = encryptPush('我是中文abcd123', {
    encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    appid: 'wxb11529c136998cb6',
    random: Buffer.from('aaaabbbbccccdddd'),
  })

  expect(sealed).toBe(
    'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
  )
})
