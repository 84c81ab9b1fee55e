import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSimulatorPlatform } from '../src/index.ts'
import { onePage } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

const field = (checkNickname: (nickname: string) => Promise<boolean>) =>
  openForTest(
    onePage(
      '{ data: { name: "" }, onReview(event) { this.setData({ review: event.detail }) } }',
      '<input class="name" type="nickname" model:value="{{name}}" bind:nicknamereview="onReview" />',
    ),
    { platform: { checkNickname } },
  )

describe('a nickname field', () => {
  it('is cleared when WeChat refuses the nickname', async () => {
    const target = await field(async (nickname) => !nickname.includes('坏'))
    await (await target.find('.name')).input('坏人')
    const page = await target.page()
    await until(() => page.data('review'))
    expect(await page.data()).toMatchObject({ name: '', review: { pass: false, timeout: false } })
  })

  it('keeps a nickname that WeChat accepts', async () => {
    const target = await field(async () => true)
    await (await target.find('.name')).input('好人')
    const page = await target.page()
    await until(() => page.data('review'))
    expect(await page.data()).toMatchObject({ name: '好人', review: { pass: true } })
  })
})

describe('a chosen avatar', () => {
  const choose = async (checkAvatar: (image: Uint8Array) => Promise<boolean>) => {
    const target = await openForTest(
      onePage(
        '{ data: { chosen: [] }, onAvatar(event) { this.setData({ chosen: [...this.data.chosen, event.detail.avatarUrl] }) } }',
        '<button class="avatar" open-type="chooseAvatar" bind:chooseavatar="onAvatar" />',
      ),
      { platform: { checkAvatar } },
    )
    const dialogs = async () =>
      ((await target.host.send('Host.getUi')) as { dialogs: unknown[] }).dialogs
    const pick = async (picture: string) => {
      await (await target.find('.avatar')).tap()
      await until(async () => (await dialogs()).length > 0)
      await target.host.send('Host.answer', { value: { base64: btoa(picture) } })
    }
    return { target, pick }
  }

  it('does not reach the page when WeChat refuses it, and the next one does', async () => {
    const seen: string[] = []
    const { target, pick } = await choose(async (image) => {
      seen.push(Buffer.from(image).toString())
      return !seen.at(-1)?.includes('bad')
    })
    await pick('a bad picture')
    await pick('a good picture')
    const page = await target.page()
    await until(async () => ((await page.data('chosen')) as string[]).length > 0)

    expect(seen).toEqual(['a bad picture', 'a good picture'])
    expect(await page.data('chosen')).toEqual([expect.stringMatching(/^http:\/\/tmp\/\w+\.jpg$/)])
  })
})

describe('a simulator as the platform', () => {
  it('checks nicknames and avatars', async () => {
    const asked: unknown[] = []
    const url = await serveControl((path, body) => {
      asked.push([path, body])
      return { pass: !JSON.stringify(body).includes('坏') && !body.image?.startsWith('YmFk') }
    })
    const platform = createSimulatorPlatform({ url, appid: 'wx1', person: '小明' })

    expect([await platform.checkNickname('坏人'), await platform.checkNickname('好人')]).toEqual([
      false,
      true,
    ])
    expect(await platform.checkAvatar(Buffer.from('bad'))).toBe(false)
    expect(asked.at(-1)).toEqual([
      '/_control/check-avatar',
      { appid: 'wx1', person: '小明', image: 'YmFk' },
    ])
  })

  it('provides codes, sessions and phone numbers of its person', async () => {
    const asked: unknown[] = []
    const url = await serveControl((path, body) => {
      asked.push([path, body])
      if (path === '/_control/login') return { code: `code-of-${body.person}` }
      if (path === '/_control/check-session') return { ok: false, errMsg: 'checkSession:fail' }
      if (path === '/_control/people') return [{ name: '小明' }, { name: '小红' }]
      return { errMsg: 'getPhoneNumber:ok', code: 'phone' }
    })
    const platform = createSimulatorPlatform({ url, appid: 'wx1', person: '小明' })
    const target = await openForTest(onePage('{}'), { platform })
    expect(await target.run('() => wx.login()')).toMatchObject({ code: 'code-of-小明' })
    expect(asked).toEqual([['/_control/login', { appid: 'wx1', person: '小明' }]])
    platform.usePerson('小红')
    expect(await target.run('() => wx.login()')).toMatchObject({ code: 'code-of-小红' })
    expect(await target.run('() => wx.checkSession().catch((failure) => failure.errMsg)')).toBe(
      'checkSession:fail session time out, need relogin',
    )
    expect(await platform.phoneNumber()).toEqual({ code: 'phone' })
    expect(await platform.people()).toEqual(['小明', '小红'])
  })

  it('provides the number that the sheet offers, and the one that the user types', async () => {
    const asked: unknown[] = []
    const url = await serveControl((path, body) => {
      if (path === '/_control/people' && body.name === undefined) {
        return [{ name: '小明', phone: '15612345677' }]
      }
      asked.push([path, body])
      return { errMsg: 'getPhoneNumber:ok', code: 'phone' }
    })
    const platform = createSimulatorPlatform({ url, appid: 'wx1', person: '小明' })
    expect(await platform.phoneOffer()).toEqual({ number: '156****5677' })
    expect(await platform.phoneNumber('13800000000')).toEqual({ code: 'phone' })
    const button = ['/_control/phone-code', { appid: 'wx1', person: '小明' }]
    expect(asked).toEqual([
      ['/_control/phone-code', { appid: 'wx1', person: '小明', deny: true }],
      ['/_control/people', { name: '小明', phone: '13800000000' }],
      button,
    ])
  })

  it('reports why it offers no number', async () => {
    const spent = { errMsg: 'getPhoneNumber:fail no quota', errno: 1400001 }
    const url = await serveControl(() => spent)
    const platform = createSimulatorPlatform({ url, appid: 'wx1', person: '小明' })
    const failure = { failure: 'no quota', errno: 1400001 }
    expect(await platform.phoneOffer()).toEqual(failure)
    expect(await platform.phoneNumber()).toEqual(failure)
  })

  it('converts a refusal of the simulator to a failure of the app’s call', async () => {
    const url = await serveControl(() => null)
    const platform = createSimulatorPlatform({ url, appid: 'wx1', person: 'nobody' })
    const target = await openForTest(onePage('{}'), { platform })
    expect(await target.run('() => wx.login().catch((failure) => failure)')).toEqual({
      errMsg: 'login:fail No person nobody',
    })
  })
})

/** Starts a control API that answers with `reply`; null is a refusal. */
const serveControl = async (reply: (path: string, body: Record<string, string>) => unknown) => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}')
      const answer = reply(request.url ?? '', body)
      if (answer === null) response.statusCode = 404
      response.end(JSON.stringify(answer ?? { message: `No person ${body.person}` }))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
