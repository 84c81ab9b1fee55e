import { constants, createCipheriv, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openAnswer } from './seal.ts'
import { readSecurityKeys } from './security-keys.ts'

// The worked example of
// https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html
const URL = 'https://api.weixin.qq.com/wxa/getuserriskrank'
const SERIAL = '79ba700ea147819f640941bceb38b1d1'
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIID0jCCArqgAwIBAgIUeE+Yy7vM/o+eHHsfM+1bGJJEZTQwDQYJKoZIhvcNAQEL
BQAwXjELMAkGA1UEBhMCQ04xEzARBgNVBAoTClRlbnBheS5jb20xHTAbBgNVBAsT
FFRlbnBheS5jb20gQ0EgQ2VudGVyMRswGQYDVQQDExJUZW5wYXkuY29tIFJvb3Qg
Q0EwHhcNMjIwOTA1MDgzOTIyWhcNMjcwOTA0MDgzOTIyWjBkMRswGQYDVQQDDBJ3
eGQ5MzBlYTVkNWEyNThmNGYxFTATBgNVBAoMDFRlbmNlbnQgSW5jLjEOMAwGA1UE
CwwFV3hnTXAxCzAJBgNVBAYMAkNOMREwDwYDVQQHDAhTaGVuWmhlbjCCASIwDQYJ
KoZIhvcNAQEBBQADggEPADCCAQoCggEBAM5D9qlkCmk1kr3FpF0e9pc3kGsvz5RA
0/YRny9xPKIyV2UVMDZvRQ+mDHsiQQFE6etg457KFYSxTDKtItbdl6hJQVGeAvg0
mqPYE9SkHRGTfL/AnXRbKBG2GC2OcaPSAprsLOersjay2me+9pF8VHybV8aox78A
NsU75G/OO3V1iEE0s5Pmglqk8DEiw9gB/dGJzsNfXwzvyJyiUP9ZujYexyjsS+/Z
GdSOUkqL/th+16yHj8alcdyga6YGfWEDyWkt/i/B28cwx4nzwk8xgrurifPaLuMk
0+9wJQLCfAn/f7zyHrC8PcD1XvvRt9VBNMBASXs3710ODyyVf2lkMgkCAwEAAaOB
gTB/MAkGA1UdEwQCMAAwCwYDVR0PBAQDAgTwMGUGA1UdHwReMFwwWqBYoFaGVGh0
dHA6Ly9ldmNhLml0cnVzLmNvbS5jbi9wdWJsaWMvaXRydXNjcmw/Q0E9MUJENDIy
MEU1MERCQzA0QjA2QUQzOTc1NDk4NDZDMDFDM0U4RUJEMjANBgkqhkiG9w0BAQsF
AAOCAQEAL2MK9tYu+ljLVBlSbfEeaKyF07TN+G31Ya5NBzeS1ZCx4joUEIyACWmG
fUkKNKiKV+EMzxeEhKRso1Qif3E7Ipl+PQBoQw6OSR/jFHciYurnGR9CLkL03Zo1
qw1Xetv9OipsvlpA0SOWc207e/XpGdm8C7FMXM6bzvVp8I/STTjC1vqjIZu9WavI
RgGM4jyAPz2XogUq0BNijef8BXbbav9fAsXjHSwn5BQv4iLms3fiLm/eoyQ6dZ2R
oTudrlcyr1bG4vwETLmHF+3yfVp9dpvJ+lyfiviwDwyfa8t2WlJm27DuF4vWoxir
mjgj9tDutIFqxLIovLyg3uiAYtSQ/Q==
-----END CERTIFICATE-----`
const ANSWER = {
  timestamp: 1_635_927_956,
  serial: SERIAL,
  body: '{"iv":"r2WDQt56rEAmMuoR","data":"HExs66Ik3el+iM4IpeQ7SMEN934FRLFYOd3EmeaIrpP4EPTHckoco6O+PaoRZRa3lqaPRZT7r52f7LUok6gLxc6cdR8C4vpIIfh4xfLC4L7FNy9GbuMK1hcoi8b7gkWJcwZMkuCFNEDmqn3T49oWzAQOrY4LZnnnykv6oUJotdAsnKvmoJkLK7hRh7M2B1d2UnTnRuoIyarXc5Iojwoghx4BOvnV","authtag":"z2BFD8QctKXTuBlhICGOjQ=="}',
  signature:
    'Ht0VfQkkEweJ4hU266C14Aj64H9AXfkwNi5zxUZETCvR2svU1ZYdosDhFX/voLj1TyszqKsVxAlENGt7PPZZ8RQX7jnA4SKhiPUhW4LTbyTenisHJ+ohSfDjYnXavjQsBHspFS+BlPHuSSJ2xyQzw1+HuC6nid09ZL4FnGSYo4OI5MJrSb9xLzIVZMIDuUQchGKi/KaB1KzxECLEZcfjqbAgmxC7qOmuBLyO1WkHYDM95NJrHJWba5xv4wrwPru9yYTJSNRnlM+zrW5w9pOubC4Jtj3szTAEuOz9AcqUmgaAvMLNAIa8hfODLRe3n/cu4SgYlN/ZkNRU4QXVNbPGMg==',
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const OURS = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const SYMMETRIC = 'otUpngOjU+nVQaWJIC3D/yMLV17RKaP6t4Ot9tbnzLY='
const keysFor = (appId: string, sn = 'fa05fe1e5bcc79b81ad5ad4b58acf787') =>
  readSecurityKeys(appId, {
    paths: [],
    symmetricKey: { sn, key: SYMMETRIC },
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    platformCertificates: [
      { sn: SERIAL.toUpperCase(), certificate: CERTIFICATE },
      { sn: 'ours', certificate: OURS },
    ],
  })
const keys = keysFor('wxba6223c06417af7b')

describe("WeChat's own answer", () => {
  it('is verified and decrypted', () => {
    expect(JSON.parse(openAnswer(keys, URL, ANSWER) ?? '')).toMatchObject({
      errcode: 0,
      errmsg: 'getuserriskrank succ',
      risk_rank: 0,
      unoin_id: 2_258_658_297,
    })
  })

  it.each<[string, Partial<typeof ANSWER>]>([
    ['with another timestamp', { timestamp: ANSWER.timestamp + 1 }],
    ['with another certificate', { serial: '2171af9cdf1d7404423852e7e183d852' }],
    ['with another body', { body: `${ANSWER.body} ` }],
    ['without a signature', { signature: '' }],
  ])('is rejected %s', (_what, change) => {
    expect(openAnswer(keys, URL, { ...ANSWER, ...change })).toBeNull()
  })

  it('is rejected for another URL, appid or symmetric key', () => {
    expect(openAnswer(keys, `${URL}s`, ANSWER)).toBeNull()
    expect(openAnswer(keysFor('wx0'), URL, ANSWER)).toBeNull()
    expect(openAnswer(keysFor('wxba6223c06417af7b', '1'), URL, ANSWER)).toBeNull()
  })
})

describe('an answer that is correctly signed and encrypted', () => {
  const appId = 'wxba6223c06417af7b'
  const timestamp = 1_635_927_956
  const sealed = (inner: object, saltLength = 32) => {
    const iv = randomBytes(12)
    const aad = Buffer.from(`${URL}|${appId}|${timestamp}|fa05fe1e5bcc79b81ad5ad4b58acf787`)
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(SYMMETRIC, 'base64'), iv).setAAD(aad)
    const data = cipher.update(JSON.stringify(inner), 'utf8', 'base64') + cipher.final('base64')
    const authtag = cipher.getAuthTag().toString('base64')
    const body = JSON.stringify({ iv: iv.toString('base64'), data, authtag })
    const key = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
    const text = Buffer.from(`${URL}\n${appId}\n${timestamp}\n${body}`)
    const signature = sign('sha256', text, key).toString('base64')

    return openAnswer(keys, URL, { timestamp, body, serial: 'OURS', signature })
  }
  const inner = { _appid: appId, _timestamp: timestamp, errcode: 0 }

  it.each([32, 64])('is accepted with a salt of %i bytes', (saltLength) => {
    expect(JSON.parse(sealed(inner, saltLength) ?? '')).toEqual(inner)
  })

  it.each([
    ['appid', { ...inner, _appid: 'wx0' }],
    ['time', { ...inner, _timestamp: timestamp + 1 }],
    ['fields', []],
  ])('is rejected with another %s inside', (_what, other) => {
    expect(sealed(other)).toBeNull()
  })
})
