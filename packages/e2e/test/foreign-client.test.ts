import { fileURLToPath } from 'node:url'
import { createSimulatorPlatform, startHost } from '@oa/miniprogram-host'
import { createControl } from '@oa/wechat-simulator/control'
import automator from 'miniprogram-automator'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createApi } from './support/api.ts'
import type { Element } from './support/phone.ts'
import { APP_ID } from './support/project.ts'
import { until } from './support/until.ts'

const PROJECT = fileURLToPath(new URL('fixtures/foreign-client', import.meta.url))
const PERSON = `reader-of-another-article-${process.pid}`

/** A mini-program with three buttons that knows our API only as another article describes its own. */
describe('a client of another article', () => {
  const stack = inject('stack')
  const wechat = createControl(stack.simulatorUrl)
  const api = createApi(stack.apiUrl, wechat)
  let host: Awaited<ReturnType<typeof startHost>>
  let program: Awaited<ReturnType<typeof automator.connect>>
  beforeAll(async () => {
    await wechat.createPerson({ name: PERSON })
    const platform = createSimulatorPlatform({
      url: stack.simulatorUrl,
      appid: APP_ID,
      person: PERSON,
    })
    const storage = { server: stack.apiUrl }
    host = await startHost({ projectPath: PROJECT, backend: 'node', platform, storage })
    program = await automator.connect({ wsEndpoint: host.wsEndpoint })
  })
  afterAll(async () => {
    program.disconnect()
    await host.close()
  })
  beforeEach(() => program.callWxMethod('reLaunch', { url: '/pages/sign-in/sign-in' }))

  const find = (selector: string) =>
    until(`an element ${selector}`, async () => {
      const page = await program.currentPage()
      return (await page?.$(selector)) as unknown as Element | null
    })
  const tap = async (selector: string) => (await find(selector)).tap()
  const answer = (text: RegExp) =>
    until(`the answer ${text}`, async () => {
      const shown = await (await find('.answer')).text()
      return text.test(shown) && shown
    })

  it('signs in unmodified, and its token is one of ours', async () => {
    await tap('.code')
    await answer(/^code$/)
    await tap('.send')

    const token = (await answer(/^token /)).slice('token '.length)
    expect(await api.profile(token)).toMatchObject({ errno: 0, data: { deviceCount: 1 } })
  })

  it('reads why it was not signed in, and succeeds with the next code', async () => {
    await tap('.send')
    await answer(/参数错误/)
    await tap('.code')
    await answer(/^code$/)
    await tap('.send')
    await answer(/^token /)
    await tap('.send')
    await answer(/登录凭证无效/)

    await tap('.code')
    await answer(/^code$/)
    await tap('.send')
    await answer(/^token /)
  })

  it('shows the profile that WeChat gives it, which our API does not need', async () => {
    await tap('.profile')
    await until('the sheet', async () => {
      await program.native().authorizeAllow()
      return true
    })

    await until('the name', async () => (await (await find('.name')).text()) === '微信用户')
  })
})
