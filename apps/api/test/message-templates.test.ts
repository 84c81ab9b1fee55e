import { expect, it, onTestFinished } from 'vitest'
import { consentTools, WX_TEMPLATES } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { startTestApi, startTestSimulator, TEST_APP } from './support/start-test-api.ts'

const start = async (
  prepare: (simulator: Awaited<ReturnType<typeof startTestSimulator>>) => unknown,
) => {
  const simulator = await startTestSimulator()
  await prepare(simulator)
  const api = await startTestApi({ env: { WX_TEMPLATES }, simulator })
  onTestFinished(async () => {
    await api.close()
    await simulator.close()
  })
  return api
}

it('agree with those at WeChat, and the log says so', async () => {
  const api = await start((simulator) => consentTools({ simulator } as never).addTemplates())

  await untilItHolds(() => expect(api.logs.text()).toContain('agrees with the templates at WeChat'))
})

it('that WeChat does not know, or has with other fields, are named in a warning', async () => {
  const api = await start(({ control }) =>
    control.addTemplate({
      appid: TEST_APP.appid,
      templateId: 'template-new-device',
      fields: ['thing1', 'time2', 'thing7'],
    }),
  )

  await untilItHolds(() =>
    expect(
      api.logs.lines().flatMap(({ level, kind, msg }) => (level === 'warn' ? [[kind, msg]] : [])),
    ).toEqual([
      ['new_device', expect.stringContaining('nothing fills thing7')],
      ['new_device', expect.stringContaining('the template has no character_string3')],
      ['invited', expect.stringContaining('no such template')],
    ]),
  )
})

it('cannot be compared while WeChat is down, which does not keep the API from starting', async () => {
  const api = await start(({ control }) =>
    control.addFault({ path: '/cgi-bin/stable_token', status: 500, times: 0 }),
  )

  await untilItHolds(() => expect(api.logs.text()).toContain('could not be compared'))
  expect(await api.call('/livez')).toMatchObject({ errno: 0 })
})
