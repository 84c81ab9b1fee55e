import { setUpApiSecurity } from '@oa/wechat-simulator'
import { expect, it } from 'vitest'
import { createSimulatedValues, runConformance } from '../src/index.ts'
import { APP, useSimulator } from './support.ts'

const start = useSimulator()

it('the simulator passes every case, and none is skipped', async () => {
  const { url, control } = await start()
  const take = createSimulatedValues(url, APP)
  const seal = await setUpApiSecurity(control, APP.appid)
  const results = await runConformance({ baseUrl: url, take, costly: true, seal, control })

  expect(results.length).toBeGreaterThan(200)
  expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length)
})

it('leaves the settings of a simulator as they were', async () => {
  const { url, control } = await start({ settings: { tokenTtlMs: 60_000, phonePrefix: 'always' } })
  const { quotas: _, ...before } = await control.settings()
  await runConformance({ baseUrl: url, take: createSimulatedValues(url, APP), control })

  expect(await control.settings()).toMatchObject(before)
  const path = '/wxa/getuserriskrank'
  expect((await control.settings()).quotas[path]).toEqual({})
})

it('skips cases with a setup when there is no control client', async () => {
  const { url } = await start()
  const results = await runConformance({ baseUrl: url, take: createSimulatedValues(url, APP) })
  const skipped = results.filter(({ reason }) => reason === 'only a simulator can be set up')

  expect(skipped.map(({ id }) => id)).toContain('login/risky')
  expect(skipped.length).toBeGreaterThan(20)
})

it('fails a platform that answers something else', async () => {
  const { url, control } = await start({ settings: { errcodes: { badGrantType: 40000 } } })
  await control.addFault({ path: '/sns/jscode2session', wrongTypes: true, times: 0 })
  const take = createSimulatedValues(url, APP)
  const failed = (await runConformance({ baseUrl: url, take })).filter(
    ({ outcome }) => outcome === 'failed',
  )

  expect(failed.find(({ id }) => id === 'access-token/grant-type')?.reason).toBe(
    'step 1: body.errcode: expected 40002, got 40000',
  )
  expect(failed.find(({ id }) => id === 'login/success')?.reason).toMatch(/body\.openid/)
})

it('fails a platform that leaves answers unsigned, or accepts old timestamps', async () => {
  const { url, control } = await start({ settings: { sealing: { maxAgeMs: 0 } } })
  await control.addFault({ path: '/wxa/msg_sec_check', badSeal: 'unsigned', times: 0 })
  const seal = await setUpApiSecurity(control, APP.appid)
  const take = createSimulatedValues(url, APP)
  const results = await runConformance({ baseUrl: url, take, seal })
  const byId = new Map(results.map(({ id, reason }) => [id, reason]))

  expect(byId.get('api-security/success')).toBe('step 2: answer.sealed: expected true, got false')
  expect(byId.get('api-security/day-old')).toMatch(/^step 1: answer.sealed: expected false/)
  expect(byId.get('api-security/changed-body')).toBeUndefined()
})

it('skips cases whose values are missing, and cases that cost something', async () => {
  const { url } = await start()
  const results = await runConformance({ baseUrl: url, take: async () => undefined })
  const byId = new Map(results.map((result) => [result.id, result]))

  expect(byId.get('login/success')).toMatchObject({ outcome: 'skipped', reason: 'no appid' })
  expect(byId.get('phone/success')).toMatchObject({
    outcome: 'skipped',
    reason: 'one paid phone number',
  })
  expect(byId.get('access-token/missing')).toMatchObject({ outcome: 'passed' })
})

it('skips sealed calls without keys', async () => {
  const { url } = await start()
  const results = await runConformance({ baseUrl: url, take: createSimulatedValues(url, APP) })
  const sealed = results.filter(({ id }) => id.startsWith('api-security/'))

  expect(sealed.length).toBeGreaterThan(5)
  for (const result of sealed) expect(result).toMatchObject({ reason: 'no seal' })
})
