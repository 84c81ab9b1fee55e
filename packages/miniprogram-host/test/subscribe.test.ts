import { describe, expect, it } from 'vitest'
import type { WeChatPlatform } from '../src/index.ts'
import { onePage } from './support/project.ts'
import type { Target } from './support/target.ts'
import { openForTest, until } from './support/target.ts'

const PAGE = `{
  data: { answers: [] },
  note(answer) { this.setData({ answers: this.data.answers.concat(answer) }) },
  ask() { this.request(['a', 'b']) },
  askTooLate() { setTimeout(() => this.request(['a']), 20) },
  askAfterModal() { wx.showModal({ content: '?', success: () => this.request(['a']) }) },
  request(tmplIds) {
    wx.requestSubscribeMessage({ tmplIds, complete: (answer) => this.note(answer) })
  },
  settings() {
    wx.openSetting({ withSubscriptions: true, complete: (answer) => this.note(answer) })
  },
}`
const BUTTONS = ['ask', 'askTooLate', 'askAfterModal', 'settings']
  .map((name) => `<view class="${name}" bindtap="${name}">${name}</view>`)
  .join('')
const openPage = (platform: WeChatPlatform = {}) =>
  openForTest(onePage(PAGE, BUTTONS), { platform })

type Settings = Awaited<ReturnType<NonNullable<WeChatPlatform['subscriptions']>>>

const tap = async (target: Target, name: string) => (await target.find(`.${name}`)).tap()
const dialog = async (target: Target) => {
  const { dialogs } = (await target.host.send('Host.getUi')) as { dialogs: { kind: string }[] }
  return dialogs[0]
}
const answers = async (target: Target) =>
  (await target.page()).data('answers') as Promise<Record<string, unknown>[]>
const lastAnswer = async (target: Target, count = 1) =>
  until(async () => (await answers(target))[count - 1])
const reply = async (target: Target, value: unknown) => {
  await until(() => dialog(target))
  await target.host.send('Host.answer', { value })
}

describe('wx.requestSubscribeMessage', () => {
  it('asks in a sheet, and answers for each template', async () => {
    const target = await openPage()
    await tap(target, 'ask')
    await until(() => dialog(target))
    expect(await dialog(target)).toMatchObject({
      kind: 'subscribe',
      content: { templates: [{ id: 'a' }, { id: 'b' }] },
    })
    await reply(target, { allow: true, templates: ['b'] })

    expect(await lastAnswer(target)).toEqual({
      errMsg: 'requestSubscribeMessage:ok',
      a: 'reject',
      b: 'accept',
    })
  })

  it('is answered by native() as a whole', async () => {
    const target = await openPage()
    await tap(target, 'ask')
    await until(() => dialog(target))
    await target.program.native().authorizeCancel()

    expect(await lastAnswer(target)).toMatchObject({ a: 'reject', b: 'reject' })
  })

  it('fails outside a tap, but not after a modal', async () => {
    const target = await openPage()
    await (await target.page()).callMethod('ask')
    await tap(target, 'askTooLate')
    const errMsg = 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.'
    expect(await lastAnswer(target, 2)).toEqual({ errMsg })
    expect((await answers(target))[0]).toEqual({ errMsg })

    await tap(target, 'askAfterModal')
    await reply(target, { confirm: true })
    await until(async () => (await dialog(target))?.kind === 'subscribe')
    await reply(target, true)
    expect(await lastAnswer(target, 3)).toMatchObject({ a: 'accept' })
  })

  it('shows no sheet for choices that are kept, and passes on whether to keep one', async () => {
    const seen: unknown[] = []
    const shown = [{ id: 'a', title: '会议提醒' }]
    const target = await openPage({
      subscribeOffer: async () => ({ shown: seen.length === 0 ? shown : [] }),
      subscribe: async (choice) => {
        seen.push(choice)
        return { a: 'accept', b: 'ban' }
      },
    })
    await tap(target, 'ask')
    await reply(target, { allow: true, always: true })
    expect(await lastAnswer(target)).toMatchObject({ a: 'accept', b: 'ban' })
    await tap(target, 'ask')
    expect(await lastAnswer(target, 2)).toMatchObject({ a: 'accept' })

    expect(seen).toEqual([
      { templates: ['a', 'b'], accepted: ['a'], always: true },
      { templates: ['a', 'b'], accepted: [], always: false },
    ])
    expect(await dialog(target)).toBeUndefined()
  })

  it('fails with the errCode of WeChat, and shows no sheet then', async () => {
    const target = await openPage({
      subscribeOffer: async () => ({ failure: 'The main switch is switched off', errCode: 20004 }),
    })
    await tap(target, 'ask')

    expect(await lastAnswer(target)).toEqual({
      errMsg: 'requestSubscribeMessage:fail The main switch is switched off',
      errCode: 20004,
    })
    expect(await dialog(target)).toBeUndefined()
  })
})

describe('the settings page', () => {
  it('shows the kept choices, and changes them', async () => {
    let settings: Settings = { mainSwitch: true, itemSettings: { a: 'reject' } }
    const target = await openPage({
      subscriptions: async () => settings,
      changeSubscriptions: async (changed) => {
        settings = { ...settings, ...changed }
      },
    })
    await tap(target, 'settings')
    await until(() => dialog(target))
    expect(await dialog(target)).toMatchObject({ kind: 'settings', content: settings })
    await reply(target, { itemSettings: { a: 'accept' } })

    expect(await lastAnswer(target)).toMatchObject({
      errMsg: 'openSetting:ok',
      subscriptionsSetting: { mainSwitch: true, itemSettings: { a: 'accept' } },
    })
  })

  it('names subscriptions only when it is asked for them', async () => {
    const target = await openPage()
    const ask = (withSubscriptions: boolean) =>
      target.program.callWxMethod('getSetting', { withSubscriptions })

    expect(await ask(false)).not.toHaveProperty('subscriptionsSetting')
    expect(await ask(true)).toMatchObject({ subscriptionsSetting: { mainSwitch: true } })
  })
})
