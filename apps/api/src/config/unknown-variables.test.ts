import { expect, it } from 'vitest'
import { misspeltVariables, unknownVariables } from './unknown-variables.ts'

it.each([
  ['WX_APP_ID', 'WX_APPID'],
  ['WX_APP_SECRET', 'WX_SECRET'],
  ['JWT_SECRET', 'JWT_KEYS'],
  ['SESSION_KEY', 'SESSION_KEYS'],
  ['REDIS_URI', 'REDIS_URL'],
  ['LOGIN_LIMIT_PER_USERS', 'LOGIN_LIMIT_PER_USER'],
  ['TRUST_PROXIES', 'TRUST_PROXY'],
  ['wx_appid', 'WX_APPID'],
  ['COMPAT_ROUTE', 'COMPAT_ROUTES'],
  ['COMPAT_API', 'COMPAT_ROUTES'],
])('takes %s of the environment for a misspelt %s', (name, meant) => {
  expect(misspeltVariables({ [name]: 'x' })).toEqual([{ name, meant }])
})

it.each([
  'SESSION_MANAGER',
  'REDIS_PORT',
  'REDIS_SERVICE_HOST',
  'XDG_DATA_DIRS',
  'HOSTNAME',
  'POST',
  'PATH',
  'npm_config_registry',
])('leaves %s to other programs', (name) => {
  expect(misspeltVariables({ [name]: 'x' })).toEqual([])
})

it('does not doubt a name that hardly differs when the variable itself is set', () => {
  expect(misspeltVariables({ REDIS_URI: 'x', REDIS_URL: 'redis://cache' })).toEqual([])
})

it('names all that a file of this project holds and nothing reads', () => {
  expect(unknownVariables(['PORT', 'PROT', 'COLOUR'])).toEqual([
    { name: 'PROT', meant: 'PORT' },
    { name: 'COLOUR', meant: null },
  ])
})
