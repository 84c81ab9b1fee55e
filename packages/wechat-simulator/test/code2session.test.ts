import { describe, expect, it } from 'vitest'
import { APP, code2Session, useSimulator } from './support.ts'

const start = useSimulator()

const startWith = async (options = {}) => {
  const simulator = await start(options)
  await simulator.control.createPerson({ name: 'alice' })
  const { code } = await simulator.control.login({ appid: APP.appid, person: 'alice' })

  return { simulator, code }
}

describe('GET /sns/jscode2session', () => {
  it('answers session_key and openid, without errcode, as text/plain', async () => {
    const { simulator, code } = await startWith()
    const { status, contentType, body } = await code2Session(simulator, { js_code: code })

    expect(status).toBe(200)
    expect(contentType).toBe('text/plain')
    expect(Object.keys(body)).toEqual(['session_key', 'openid'])
    expect(body.openid).toMatch(/^o[\w-]{27}$/)
    expect(body.session_key).toMatch(/^[A-Za-z0-9+/]{22}==$/)
  })

  it('answers 40163 when a code is used again', async () => {
    const { simulator, code } = await startWith()
    await code2Session(simulator, { js_code: code })
    const { status, contentType, body } = await code2Session(simulator, { js_code: code })

    expect(status).toBe(200)
    expect(contentType).toBe('text/plain')
    expect(body.errcode).toBe(40163)
    expect(body.errmsg).toMatch(/^code been used, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  it.each([
    [41002, { appid: undefined }],
    [41004, { secret: undefined }],
    [41008, { js_code: undefined }],
    [40002, { grant_type: undefined }],
    [40002, { grant_type: 'client_credential' }],
    [40013, { appid: 'wx0000000000000000' }],
    [40125, { secret: 'wrong' }],
    [40029, { js_code: 'unknown' }],
  ])('answers %i for %o', async (errcode, change) => {
    const { simulator, code } = await startWith()
    const { body } = await code2Session(simulator, { js_code: code, ...change })

    expect(body.errcode).toBe(errcode)
    expect(body).not.toHaveProperty('openid')
  })
})
