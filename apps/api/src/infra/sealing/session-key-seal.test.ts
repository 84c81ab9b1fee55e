import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createKeyRing } from '../../config/key-ring.ts'
import { createSessionKeySeal } from './session-key-seal.ts'

const OWNER = { sessionId: '01938a5e-7c1d-7000-8000-000000000001', openid: 'oAbC' }
const SESSION_KEY = 'tiihtNczf5v6AKRyjwEUhQ=='
const first = { kid: 'first', key: randomBytes(32) }
const second = { kid: 'second', key: randomBytes(32) }
const seal = createSessionKeySeal(createKeyRing([first]))

it('opens what it sealed for the same session and user', () => {
  const sealed = seal.seal(SESSION_KEY, OWNER)

  expect(seal.open(sealed, OWNER)).toBe(SESSION_KEY)
  expect(sealed).not.toContain(SESSION_KEY)
  expect(sealed.length).toBeLessThan(160)
})

it('never seals the same way twice', () => {
  expect(seal.seal(SESSION_KEY, OWNER)).not.toBe(seal.seal(SESSION_KEY, OWNER))
})

it('opens for no other owner', () => {
  const sealed = seal.seal(SESSION_KEY, OWNER)

  expect(() => seal.open(sealed, { ...OWNER, openid: 'oabc' })).toThrow()
  expect(() => seal.open(sealed, { ...OWNER, sessionId: 'other' })).toThrow()
})

it('opens nothing that was changed', () => {
  const sealed = seal.seal(SESSION_KEY, OWNER)
  const [kid = '', body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  for (const [index, byte] of bytes.entries()) {
    const changed = Buffer.from(bytes)
    changed[index] = byte ^ 1
    expect(() => seal.open(`${kid}.${changed.toString('base64url')}`, OWNER)).toThrow()
  }
  for (const broken of ['', '.', kid, `${kid}.`, `${kid}.AAAA`]) {
    expect(() => seal.open(broken, OWNER)).toThrow()
  }
})

it('opens what older keys of the ring sealed, until they are removed', () => {
  const sealed = seal.seal(SESSION_KEY, OWNER)

  expect(createSessionKeySeal(createKeyRing([second, first])).open(sealed, OWNER)).toBe(SESSION_KEY)
  expect(() => createSessionKeySeal(createKeyRing([second])).open(sealed, OWNER)).toThrow('gone')
})
