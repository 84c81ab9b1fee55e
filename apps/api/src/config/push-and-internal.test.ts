import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'oa-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const load = (env: NodeJS.ProcessEnv) => loadConfig({ DATA_DIR: folder, ...env })
const TOKEN = randomBytes(32).toString('base64')
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

it('is off, but for a budget, unless it is set', () => {
  const { push, internal, phoneBudget, keepSessionsMs } = load({})

  expect({ push, internal }).toEqual({ push: null, internal: null })
  expect(phoneBudget).toEqual({ perPerson: 5, total: 1_000 })
  expect(keepSessionsMs).toBe(30 * 86_400_000)
})

it('takes the keys of pushes in the order in which they are tried', () => {
  const previous = KEY.toUpperCase()
  const env = { WX_PUSH_TOKEN: 'token', WX_PUSH_AES_KEY: KEY, WX_PUSH_AES_KEY_PREVIOUS: previous }

  expect(load(env).push).toEqual({ token: 'token', encodingAesKeys: [KEY, previous] })
})

it.each([
  [{ WX_PUSH_TOKEN: 'no spaces' }, 'WX_PUSH_TOKEN must be'],
  [{ WX_PUSH_TOKEN: 'token', WX_PUSH_AES_KEY: 'short' }, 'WX_PUSH_AES_KEY must be'],
  [{ WX_PUSH_AES_KEY: KEY }, 'WX_PUSH_AES_KEY needs WX_PUSH_TOKEN'],
  [
    { WX_PUSH_TOKEN: 'token', WX_PUSH_AES_KEY_PREVIOUS: KEY },
    'WX_PUSH_AES_KEY_PREVIOUS needs WX_PUSH_AES_KEY',
  ],
  [{ INTERNAL_TOKENS: 'billing' }, 'INTERNAL_TOKENS must be name:base64'],
  [{ INTERNAL_TOKENS: `Bill ing:${TOKEN}` }, 'INTERNAL_TOKENS must be name:base64'],
  [{ INTERNAL_TOKENS: 'billing:c2hvcnQ=' }, 'INTERNAL_TOKENS needs keys of at least 32'],
  [{ INTERNAL_TOKENS: `billing:${'A'.repeat(44)}` }, 'INTERNAL_TOKENS is too easy to guess'],
  [{ INTERNAL_TOKENS: `a:${TOKEN},b:${TOKEN}` }, 'INTERNAL_TOKENS holds the same token twice'],
  [{ PHONE_BUDGET_TOTAL: 'much' }, 'PHONE_BUDGET_TOTAL'],
])('refuses what cannot work and says why: %#', (env, problem) => {
  expect(() => load(env)).toThrow(problem)
})

it('takes templates of mini-programs that are served, and of the first where none is named', () => {
  const template = { id: 'T1', fields: { device: 'thing1' } }
  const templates = { new_device: template }
  const [{ appId }] = load({}).wechat.apps
  const expected = [{ appId, kind: 'new_device', ...template }]

  expect(load({}).messageTemplates).toEqual([])
  expect(load({ WX_TEMPLATES: JSON.stringify(templates) }).messageTemplates).toEqual(expected)
  const named = JSON.stringify({ [appId]: templates })
  expect(load({ WX_TEMPLATES: named }).messageTemplates).toEqual(expected)
  const foreign = JSON.stringify({ wx9999999999999999: templates })
  expect(() => load({ WX_TEMPLATES: foreign })).toThrow('WX_TEMPLATES names a mini-program')
})
