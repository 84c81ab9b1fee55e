import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { APP, code2Session, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const { appid } = APP
const alice = { appid, person: 'alice' }
const HOUR = 3_600_000

const startWithAlice = async (options = {}) => {
  const simulator = await start(options)
  await simulator.control.createPerson({ name: 'alice' })

  return simulator
}

describe('privacy', () => {
  const request = { ...alice, scope: 'phoneNumber' }

  it('is asked for once, and then granted', async () => {
    const { control } = await startWithAlice()
    expect(await control.privacySetting(alice)).toMatchObject({
      needAuthorization: true,
      privacyContractName: expect.stringContaining('隐私保护指引'),
    })
    expect(await control.requestPrivacy(request)).toEqual({ decision: 'ask' })
    await control.answerPrivacy({ ...alice, event: 'exposureAuthorization' })
    expect(await control.requestPrivacy(request)).toEqual({ decision: 'ask' })

    expect(await control.answerPrivacy({ ...alice, event: 'agree' })).toMatchObject({
      needAuthorization: false,
    })
    expect(await control.requestPrivacy(request)).toEqual({ decision: 'granted' })
  })

  it('that was refused fails with 104 for ten seconds, without asking', async () => {
    const { control } = await startWithAlice()
    await control.answerPrivacy({ ...alice, event: 'disagree' })
    expect(await control.requestPrivacy(request)).toEqual({
      decision: 'fail',
      errno: 104,
      errMsg: 'privacy permission is not authorized',
    })
    await control.advanceClock(10_000)

    expect(await control.requestPrivacy(request)).toEqual({ decision: 'ask' })
  })

  it('that was agreed to can be withdrawn', async () => {
    const { control } = await startWithAlice()
    await control.answerPrivacy({ ...alice, event: 'agree' })
    await control.answerPrivacy({ ...alice, event: 'disagree' })

    expect(await control.privacySetting(alice)).toMatchObject({ needAuthorization: true })
  })

  it('fails with 112 for what the agreement does not declare, even when agreed to', async () => {
    const { control } = await startWithAlice({ apps: [{ ...APP, privacyScopes: ['avatar'] }] })
    await control.answerPrivacy({ ...alice, event: 'agree' })

    expect(await control.requestPrivacy(request)).toMatchObject({ decision: 'fail', errno: 112 })
    expect(await control.requestPrivacy({ ...alice, scope: 'avatar' })).toEqual({
      decision: 'granted',
    })
  })
})

describe('privacy by base library, agreement and dialog', () => {
  const request = { ...alice, scope: 'phoneNumber' }

  it('is not asked for before base library 2.32.3', async () => {
    const { control } = await startWithAlice({ apps: [{ ...APP, privacyScopes: [] }] })

    expect(await control.requestPrivacy({ ...request, libVersion: '2.32.2' })).toEqual({
      decision: 'granted',
    })
    expect(await control.requestPrivacy({ ...request, libVersion: '2.32.3' })).toMatchObject({
      errno: 112,
    })
  })

  it('fails with 103 where a permission dialog asks for it too', async () => {
    const { control } = await startWithAlice()
    await control.answerPrivacy({ ...alice, event: 'disagree' })

    expect(await control.requestPrivacy({ ...request, coupled: true })).toEqual({
      decision: 'fail',
      errno: 103,
      errMsg: 'auth deny',
    })
  })

  it('is asked for again for what the agreement declares later, and only for that', async () => {
    const { control } = await startWithAlice({ apps: [{ ...APP, privacyScopes: ['phoneNumber'] }] })
    await control.answerPrivacy({ ...alice, event: 'agree' })
    await control.changeApp({ appid, privacyScopes: ['phoneNumber', 'location'] })

    expect(await control.requestPrivacy(request)).toEqual({ decision: 'granted' })
    expect(await control.requestPrivacy({ ...alice, scope: 'location' })).toEqual({
      decision: 'ask',
    })
    expect(await control.privacySetting(alice)).toMatchObject({ needAuthorization: true })
  })

  it('is forgotten with the app, and can be asked for at once', async () => {
    const { control } = await startWithAlice()
    for (const event of ['agree', 'disagree'] as const) {
      await control.answerPrivacy({ ...alice, event })
      await control.answerPrivacy({ ...alice, event: 'forget' })
      expect(await control.requestPrivacy(request)).toEqual({ decision: 'ask' })
    }
  })

  it('fails without an errno for an app that lost these APIs', async () => {
    const { control } = await startWithAlice({ apps: [{ ...APP, privacyBanned: true }] })
    await control.answerPrivacy({ ...alice, event: 'agree' })

    expect(await control.requestPrivacy(request)).toEqual({
      decision: 'fail',
      errMsg: 'appid privacy api banned',
    })
  })
})

describe('the key of the encrypted channel', () => {
  const startSignedIn = async () => {
    const simulator = await startWithAlice({ settings: { tokenTtlMs: 100 * HOUR } })
    const { code } = await simulator.control.login(alice)
    const { body } = await code2Session(simulator, { js_code: code })
    const { session_key = '', openid = '' } = body as Record<string, string>
    const signature = createHmac('sha256', session_key).update('').digest('hex')
    const { get, post } = await createApi(simulator)

    return {
      ...simulator,
      get,
      keys: (change = {}) =>
        post(
          '/wxa/business/getuserencryptkey',
          {},
          {
            openid,
            signature,
            sig_method: 'hmac_sha256',
            ...change,
          },
        ),
    }
  }

  it('is the same on the phone and on the server', async () => {
    const { control, keys } = await startSignedIn()
    const { encryptKey, iv, version, expireTime } = await control.userEncryptKey(alice)
    const seconds = (await control.now()) / 1000
    expect(expireTime - seconds).toBeLessThanOrEqual(3600)
    expect(expireTime - seconds).toBeGreaterThan(3500)

    expect(await keys()).toEqual({
      errcode: 0,
      errmsg: 'ok',
      key_info_list: [
        {
          encrypt_key: encryptKey,
          iv,
          version,
          expire_in: expect.any(Number),
          create_time: expect.any(Number),
        },
      ],
    })
  })

  it('changes every hour, and the last three are answered', async () => {
    const { control, keys } = await startSignedIn()
    for (let version = 1; version <= 4; version += 1) {
      expect(await control.userEncryptKey(alice)).toMatchObject({ version })
      if (version < 4) await control.advanceClock(HOUR)
    }
    const list = (await keys()).key_info_list as { version: number; expire_in: number }[]

    expect(list.map(({ version }) => version)).toEqual([4, 3, 2])
    expect(list.map(({ expire_in }) => expire_in > 0)).toEqual([true, false, false])
  })

  it('is refused without the signature of the session_key', async () => {
    const { keys, control } = await startSignedIn()
    expect(await keys({ signature: 'wrong' })).toMatchObject({ errcode: 87009 })
    expect(await keys({ sig_method: 'md5' })).toMatchObject({ errcode: 87008 })
    await control.endSession(alice)

    expect(await keys()).toMatchObject({ errcode: 87007 })
  })

  it('is answered to GET as well as to POST', async () => {
    const { keys, get } = await startSignedIn()
    const byGet = await get('/wxa/business/getuserencryptkey', { openid: 'oNobody' })

    expect(byGet).toMatchObject({ errcode: 40097 })
    expect(await keys({ openid: 'oNobody' })).toMatchObject({ errcode: 40003 })
  })
})
