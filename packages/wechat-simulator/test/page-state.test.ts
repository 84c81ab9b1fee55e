import { expect, it } from 'vitest'
import type { StateView } from '../src/control/state.ts'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const OWN = { appid: APP.appid, person: 'alice' }
const { appid, person } = OWN

const meet = async () => {
  const simulator = await start()
  await simulator.control.createPerson({ name: person })
  const read = async () =>
    (await (await fetch(`${simulator.url}/_control/state`)).json()) as StateView

  return { ...simulator, read }
}

it('shows what people have agreed to and refused', async () => {
  const { control, read } = await meet()
  await control.answerPrivacy({ ...OWN, event: 'disagree' })
  await control.addTemplate({ appid, templateId: 'T1', fields: ['thing1'] })
  await control.addTemplate({ appid, templateId: 'T2', fields: ['thing1'], type: 'long' })
  await control.requestSubscribe({ ...OWN, tmplIds: ['T1'], always: true })
  await control.requestSubscribe({ ...OWN, tmplIds: ['T2'] })
  await control.changeSetting({
    ...OWN,
    mainSwitch: false,
    authSetting: { 'scope.camera': false },
  })

  expect((await read()).consents).toEqual([
    { appid, person, kind: 'privacy', agreed: false },
    { appid, person, kind: 'messages', what: 'T1', agreed: true, left: 1 },
    { appid, person, kind: 'messages', what: 'T2', agreed: true },
    { appid, person, kind: 'switch', agreed: false },
    { appid, person, kind: 'always', what: 'T1', agreed: true },
    { appid, person, kind: 'permission', what: 'scope.camera', agreed: false },
  ])
})

it('shows the messages people got, and what phone numbers cost', async () => {
  const simulator = await meet()
  const { control, read } = simulator
  const { post } = await createApi(simulator)
  await control.login(OWN)
  await control.phoneCode(OWN)
  await control.userEnter(OWN)
  const touser = (await control.people())[0]?.apps[appid]?.openid
  await post('/cgi-bin/message/custom/send', { touser, msgtype: 'text', text: { content: 'hi' } })
  const state = await read()

  expect(state.messages).toMatchObject([{ person, kind: 'custom', content: { msgtype: 'text' } }])
  expect(state.phoneQuotas).toEqual([
    { appid, button: 'getPhoneNumber', used: 1, limit: 1000, yuan: 0.03 },
  ])
})

it('shows the newest people, and how many there are', async () => {
  const { control, read } = await meet()
  await Promise.all(
    Array.from({ length: 205 }, (_, index) => control.createPerson({ name: `person ${index}` })),
  )
  const { people, peopleCount } = await read()

  expect(peopleCount).toBe(206)
  expect(people).toHaveLength(200)
  expect(people.some(({ name }) => name === person)).toBe(false)
})
