import type { SimulatorOptions } from '@oa/wechat-simulator'
import { APP, useSimulator } from '../support.ts'

const { appid } = APP

/** What every test of a public client needs: a person who has agreed to a message and written one. */
export const useFixture = () => {
  const start = useSimulator()

  return async (options: SimulatorOptions = {}) => {
    const { url, control } = await start({ apps: [{ ...APP, pages: ['pages/index'] }], ...options })
    const alice = { appid, person: 'alice' }
    await control.createPerson({ name: 'alice', appid, openid: OPENID, phone: '13800138000' })
    await control.addTemplate({ appid, templateId: 'T1', fields: ['thing1'] })
    const answers = { T1: 'accept' } as const
    await control.requestSubscribe({ ...alice, tmplIds: ['T1'], answers })
    await control.userMessage({ ...alice, content: '你好' })
    const login = async () => (await control.login(alice)).code
    await login()

    return { control, alice, login, baseUrl: url, appid, secret: APP.secret }
  }
}

export const OPENID = 'oAlice'
export const PNG_BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3, 4])
