import { describe, expect, it } from 'vitest'
import type { WeChatPlatform } from '../src/index.ts'
import { onePage, writeProject } from './support/project.ts'
import type { Target } from './support/target.ts'
import { openForTest, until } from './support/target.ts'

const PAGE = `{
  data: { events: [] },
  note(event) { this.setData({ events: this.data.events.concat({ type: event.type, ...event.detail }) }) },
}`
const HANDLERS = 'bindgetphonenumber="note" bindagreeprivacyauthorization="note"'
const button = (openType: string, more = '') =>
  `<button class="phone" open-type="${openType}" ${more} ${HANDLERS} />`
const GIVEN = { code: 'a-code', encryptedData: 'c2VjcmV0', iv: 'aXY=' }
const platform: WeChatPlatform = { phoneNumber: async () => GIVEN }
const noQuota: WeChatPlatform = {
  phoneOffer: async () => ({ failure: 'no quota', errno: 1400001 }),
}

const tapPhone = async (target: Target) => (await target.find('.phone')).tap()
const events = async (target: Target) => (await target.page()).data('events') as Promise<unknown[]>
const firstEvent = async (target: Target) => until(async () => (await events(target))[0])
const sheet = async (target: Target) => {
  const { dialogs } = (await target.host.send('Host.getUi')) as { dialogs: { content: object }[] }
  return dialogs[0]?.content
}
const answer = async (target: Target, value: unknown) => {
  await until(() => sheet(target))
  await target.host.send('Host.answer', { value })
}

describe('a getPhoneNumber button', () => {
  it('offers the number that WeChat knows, and returns a code once the user allows it', async () => {
    const offering = { ...platform, phoneOffer: async () => ({ number: '156****5677' }) }
    const target = await openForTest(onePage(PAGE, button('getPhoneNumber')), {
      platform: offering,
    })
    await tapPhone(target)
    await until(() => sheet(target))
    expect(await sheet(target)).toMatchObject({ number: '156****5677' })
    expect(await events(target)).toEqual([])
    await target.program.native().authorizeAllow()
    expect(await firstEvent(target)).toEqual({
      type: 'getphonenumber',
      errMsg: 'getPhoneNumber:ok',
      ...GIVEN,
    })
  })

  it('requests the number that the user typed into the sheet', async () => {
    const asked: unknown[] = []
    const target = await openForTest(onePage(PAGE, button('getPhoneNumber')), {
      platform: {
        phoneNumber: async (number) => {
          asked.push(number)
          return GIVEN
        },
      },
    })
    await tapPhone(target)
    await answer(target, { number: '15612345677' })
    await firstEvent(target)
    expect(asked).toEqual(['15612345677'])
  })

  it('returns no code before base library 2.21.2', async () => {
    const target = await openForTest(onePage(PAGE, button('getPhoneNumber')), {
      platform,
      systemInfo: { SDKVersion: '2.21.1' },
    })
    await tapPhone(target)
    await answer(target, true)
    const { code, ...encrypted } = GIVEN
    expect(await firstEvent(target)).toEqual({
      type: 'getphonenumber',
      errMsg: 'getPhoneNumber:ok',
      ...encrypted,
    })
  })

  it.each([
    ['tells the user', '', { title: '手机号验证次数已用完' }],
    ['leaves it to the app', 'phone-number-no-quota-toast="{{false}}"', null],
  ])('shows no sheet when the quota is used up, and %s', async (_what, attribute, toast) => {
    const target = await openForTest(onePage(PAGE, button('getPhoneNumber', attribute)), {
      platform: { ...platform, ...noQuota },
    })
    await tapPhone(target)
    expect(await firstEvent(target)).toMatchObject({
      errMsg: 'getPhoneNumber:fail no quota',
      errno: 1400001,
    })
    const ui = (await target.host.send('Host.getUi')) as { dialogs: []; toast: object | null }
    expect(ui.dialogs).toEqual([])
    if (toast) expect(ui.toast).toMatchObject(toast)
    else expect(ui.toast).toBeNull()
  })

  it('reports a failure of the platform in the event', async () => {
    const target = await openForTest(onePage(PAGE, button('getPhoneNumber')))
    await tapPhone(target)
    await answer(target, true)
    expect(await firstEvent(target)).toMatchObject({
      errMsg: expect.stringMatching(/^getPhoneNumber:fail .*needs a WeChat platform/),
    })
  })
})

describe('a button that takes consent in the same tap', () => {
  const open = (openType: string) =>
    openForTest(
      writeProject({
        'app.json': JSON.stringify({ pages: ['pages/a/a'], __usePrivacyCheck__: true }),
        'pages/a/a.ts': `Page(${PAGE})`,
        'pages/a/a.wxml': button(openType),
      }),
      { platform },
    )
  const needsConsent = async (target: Target) =>
    ((await target.run('() => wx.getPrivacySetting()')) as { needAuthorization: boolean })
      .needAuthorization

  it.each(['getPhoneNumber|agreePrivacyAuthorization', 'agreePrivacyAuthorization|getPhoneNumber'])(
    'as %s, tells of the consent first, then asks for the number',
    async (openType) => {
      const target = await open(openType)
      expect(await needsConsent(target)).toBe(true)
      await tapPhone(target)
      await answer(target, true)
      await until(async () => (await events(target)).length === 2)
      expect(await events(target)).toEqual([
        { type: 'agreeprivacyauthorization', errMsg: 'agreePrivacyAuthorization:ok' },
        { type: 'getphonenumber', errMsg: 'getPhoneNumber:ok', ...GIVEN },
      ])
      expect(await needsConsent(target)).toBe(false)
    },
  )

  it('asks for consent by a sheet when the button does not give it', async () => {
    const target = await open('getPhoneNumber')
    await tapPhone(target)
    await answer(target, false)
    expect(await firstEvent(target)).toMatchObject({ errno: 104 })
    expect(await needsConsent(target)).toBe(true)
  })

  it.each(['getPhoneNumber|share', 'agreePrivacyAuthorization|share', 'getPhoneNumber|'])(
    'knows no %s',
    async (openType) => {
      const target = await open(openType)
      await tapPhone(target)
      await until(() => target.logs.length)
      expect(target.logs[0]?.args).toEqual([
        `miniprogram-host: button open-type="${openType}" is not supported and does nothing`,
      ])
    },
  )
})
