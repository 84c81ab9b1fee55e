import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome } from './support/outcome.ts'
import { onePage } from './support/project.ts'
import type { Target } from './support/target.ts'
import { fixture, openForTest, openTarget, until } from './support/target.ts'

const openPage = () => openForTest(onePage('{}', '<view />'))

/** One app for all tests that leave nothing behind. */
let blank: Target

beforeAll(async () => {
  blank = await openTarget(fixture('tabs'))
})
afterAll(() => blank?.close())

describe('dialogs and toasts', () => {
  it.each([
    ['confirmModal', { confirm: true, cancel: false }],
    ['cancelModal', { confirm: false, cancel: true }],
  ] as const)('answers a modal by native().%s', async (method, answer) => {
    const target = await openPage()
    const result = outcome(
      target,
      "wx.showModal({ title: 'a', content: 'b', confirmColor: '#b3261e', ...options })",
    )
    await until(async () => (await ui(target)).dialogs.length)
    expect((await ui(target)).dialogs[0]).toMatchObject({
      kind: 'modal',
      content: { title: 'a', content: 'b', confirmColor: '#b3261e' },
    })
    await target.program.native()[method]()
    expect(await result).toMatchObject({ kind: 'success', errMsg: 'showModal:ok', ...answer })
  })

  it.each([
    [
      "wx.showModal({ confirmText: '五个汉字啊', ...options })",
      'showModal:fail confirmText length should not larger than 4 Chinese characters',
    ],
    [
      'wx.showActionSheet({ itemList: [], ...options })',
      'showActionSheet:fail parameter error: parameter.itemList should have at least 1 item',
    ],
    [
      "wx.showActionSheet({ itemList: '1234567'.split(''), ...options })",
      'showActionSheet:fail parameter error: itemList should not be large than 6',
    ],
    ['wx.hideLoading(options)', "hideLoading:fail toast can't be found"],
  ])('refuses %s', async (call, errMsg) => {
    expect(await outcome(blank, call)).toMatchObject({ kind: 'fail', errMsg })
  })

  it('selects an item of an action sheet, and fails when it is cancelled', async () => {
    const target = await openPage()
    const sheet = "wx.showActionSheet({ itemList: ['a', 'b'], ...options })"
    for (const [value, expected] of [
      [1, { kind: 'success', tapIndex: 1 }],
      [false, { kind: 'fail', errMsg: 'showActionSheet:fail cancel' }],
    ]) {
      const result = outcome(target, sheet)
      await until(async () => (await ui(target)).dialogs.length)
      await target.host.send('Host.answer', { value })
      expect(await result).toMatchObject(expected as object)
    }
  })

  it('shows either toast or loading, and removes a toast after its duration', async () => {
    const target = await openPage()
    await target.program.callWxMethod('showLoading', { title: '等待' })
    expect(await ui(target)).toMatchObject({ loading: { title: '等待' }, toast: null })
    await target.program.callWxMethod('showToast', { title: '完成', duration: 1_000 })
    expect(await ui(target)).toMatchObject({ loading: null, toast: { title: '完成' } })
    expect(await until(async () => (await ui(target)).toast === null)).toBe(true)
  })

  it('rejects native() when no dialog is open', async () => {
    const target = blank
    await expect(target.program.native().confirmModal()).rejects.toThrow('no modal is open')
    await expect(target.program.native().authorizeAllow()).rejects.toThrow(
      'no authorization dialog is open',
    )
    await expect(target.program.native().shareConfirm()).rejects.toThrow(
      'native.shareConfirm unimplemented',
    )
  })
})

interface Ui {
  toast: { title: string } | null
  loading: { title: string } | null
  dialogs: { kind: string; content: object }[]
}

const ui = async (target: Target): Promise<Ui> => (await target.host.send('Host.getUi')) as Ui
