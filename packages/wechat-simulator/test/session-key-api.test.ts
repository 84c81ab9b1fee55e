import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { APP, code2Session, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const alice = { appid: APP.appid, person: 'alice' }
const sign = (sessionKey: string, text = '') =>
  createHmac('sha256', sessionKey).update(text).digest('hex')

const startSignedIn = async (settings = {}) => {
  const simulator = await start({ settings })
  await simulator.control.createPerson({ name: 'alice' })
  const { code } = await simulator.control.login(alice)
  const { body } = await code2Session(simulator, { js_code: code })
  const { session_key: key, openid } = body as Record<string, string>
  const query = (change = {}) => ({
    openid: openid ?? '',
    signature: sign(key ?? ''),
    sig_method: 'hmac_sha256',
    ...change,
  })

  return { ...simulator, key: key ?? '', openid, query, api: await createApi(simulator) }
}

it('signs with the base64 text of the key (published vector)', () => {
  expect(sign('o0q0otL8aEzpcZL/FT9WsQ==', '{"foo":"bar"}')).toBe(
    '654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b',
  )
})

it('checksession answers ok for the valid key', async () => {
  const { api, query } = await startSignedIn()

  expect(await api.get('/wxa/checksession', query())).toEqual({ errcode: 0, errmsg: 'ok' })
})

it.each([
  [40097, { openid: '' }],
  [40097, { signature: '' }],
  [40097, { sig_method: '' }],
  [40003, { openid: 'oNobody' }],
  [87008, { sig_method: 'hmac_sha1' }],
  [87009, { signature: '0'.repeat(64) }],
])('both answer %i for %o', async (errcode, change) => {
  const { api, query } = await startSignedIn()

  expect(await api.get('/wxa/checksession', query(change))).toMatchObject({ errcode })
  expect(await api.get('/wxa/resetusersessionkey', query(change))).toMatchObject({ errcode })
})

it('have different errcodes when there is no key any more', async () => {
  const { api, query, control } = await startSignedIn()
  await control.endSession(alice)

  expect(await api.get('/wxa/checksession', query())).toMatchObject({ errcode: 87009 })
  expect(await api.get('/wxa/resetusersessionkey', query())).toMatchObject({ errcode: 87007 })
})

it('resetusersessionkey ends the old key at once and answers the new one', async () => {
  const { api, query, openid, key } = await startSignedIn()
  const reset = await api.get('/wxa/resetusersessionkey', query())
  const fresh = query({ signature: sign(String(reset.session_key)) })

  expect(reset).toEqual({ errcode: 0, errmsg: 'ok', openid, session_key: expect.any(String) })
  expect(reset.session_key).not.toBe(key)
  expect(await api.get('/wxa/checksession', query())).toMatchObject({ errcode: 87009 })
  expect(await api.get('/wxa/checksession', fresh)).toMatchObject({ errcode: 0 })
})

it('the key after a reset ends when the old one would have', async () => {
  const { api, query, control } = await startSignedIn({ sessionKeyTtlMs: 600_000 })
  await control.advanceClock(400_000)
  await api.get('/wxa/resetusersessionkey', query())
  expect(await control.checkSession(alice)).toMatchObject({ ok: true })
  await control.advanceClock(200_000)

  expect(await control.checkSession(alice)).toMatchObject({ ok: false })
})

it('resetusersessionkey answers 45011 when one person is reset too often', async () => {
  const quotas = { '/wxa/resetusersessionkey': { perPersonPerMinute: 1 } }
  const { api, query, control } = await startSignedIn({ quotas })
  await control.advanceClock(60_000 - ((await control.now()) % 60_000))
  const { session_key } = await api.get('/wxa/resetusersessionkey', query())
  const again = query({ signature: sign(String(session_key)) })

  expect(await api.get('/wxa/resetusersessionkey', again)).toMatchObject({ errcode: 45011 })
})
