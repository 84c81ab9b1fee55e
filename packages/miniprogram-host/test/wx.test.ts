import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHost } from '../src/index.ts'
import { onePage } from './support/project.ts'
import type { Target } from './support/target.ts'
import { fixture, openForTest, openTarget, until } from './support/target.ts'

const openPage = (definition = '{}', wxml = '<view />', more = {}) =>
  openForTest(onePage(definition, wxml, more))

/** One app for all tests that leave nothing behind. */
let blank: Target

beforeAll(async () => {
  blank = await openTarget(fixture('tabs'))
})
afterAll(() => blank?.close())

/** What a wx function answers, as the app's callbacks hear it. */
const outcome = (target: Target, call: string) =>
  target.run(
    `() => new Promise((resolve) => {
      const done = (kind) => (result) => resolve({ kind, ...result })
      const options = { success: done('success'), fail: done('fail') }
      ${call}
    })`,
  )

describe('the shape of wx functions', () => {
  it('calls success, then complete, and returns nothing', async () => {
    const target = blank
    const heard = await target.run(`() => new Promise((resolve) => {
      const heard = []
      const returned = wx.getNetworkType({
        success: () => heard.push('success'),
        fail: () => heard.push('fail'),
        complete: () => { heard.push('complete'); resolve([typeof returned, ...heard]) },
      })
    })`)
    expect(heard).toEqual(['undefined', 'success', 'complete'])
  })

  it('gives a promise without callbacks, which rejects with errMsg', async () => {
    const target = blank
    const failure = await target.run('() => wx.getStorage({ key: "none" }).catch((error) => error)')
    expect(failure).toEqual({ errMsg: 'getStorage:fail data not found' })
  })

  it('throws the name of a function that WeChat has and this host has not', async () => {
    const target = blank
    await expect(target.run('() => wx.startBeaconDiscovery({})')).rejects.toThrow(
      'wx.startBeaconDiscovery is not supported by miniprogram-host',
    )
    expect(await target.run('() => typeof wx.noSuchThing')).toBe('undefined')
  })

  it.each([
    ['login', true],
    ['startBeaconDiscovery', false],
    ['button', true],
    ['button.open-type.chooseAvatar', true],
    ['button.open-type.unheardOf', false],
    ['input.type.nickname', true],
    ['image.no-such-property', false],
    ['noSuchThing', false],
  ])('says of %s that canIUse is %s', async (schema, usable) => {
    const target = blank
    expect(await target.run('(schema) => wx.canIUse(schema)', schema)).toBe(usable)
  })

  it('fails wx.login clearly where there is no platform', async () => {
    const target = blank
    expect(await outcome(target, 'wx.login(options)')).toMatchObject({
      kind: 'fail',
      errMsg: 'login:fail wx.login needs a WeChat platform; startHost({ platform }) was given none',
    })
  })
})

describe('setData', () => {
  it('updates data at once, the view later, and calls back after the view', async () => {
    const target = await openPage(
      `{
        data: { n: 0 },
        run() {
          return new Promise((resolve) => {
            const seen = []
            this.setData({ n: 1 }, () => { seen.push('callback'); resolve(seen) })
            seen.push('data ' + this.data.n)
            Promise.resolve().then(() => seen.push('microtask'))
          })
        },
      }`,
      '<view class="n">{{n}}</view>',
    )
    const seen = await (await target.page()).callMethod('run')
    expect(seen).toEqual(['data 1', 'microtask', 'callback'])
    expect(await (await target.find('.n')).text()).toBe('1')
  })

  it('passes data to the view by copy', async () => {
    const target = await openPage(
      `{
        data: { list: [] },
        run() {
          const list = [{ a: 1 }]
          this.setData({ list })
          list[0].a = 2
        },
      }`,
      '<view class="a">{{list[0].a}}</view>',
    )
    await (await target.page()).callMethod('run')
    expect(await (await target.find('.a')).text()).toBe('1')
  })
})

describe('storage', () => {
  const big = (bytes: number) => `'x'.repeat(${bytes})`

  it.each([
    [
      'a megabyte in one key',
      `wx.setStorage({ key: 'a', data: ${big(1024 * 1024)}, ...options })`,
      'setStorage:fail exceed max item size 1024KB',
    ],
    [
      'no key',
      "wx.setStorage({ key: '', data: 1, ...options })",
      'setStorage:fail parameter error: parameter.key should be String instead of empty String',
    ],
    [
      'an absent key',
      "wx.getStorage({ key: 'none', ...options })",
      'getStorage:fail data not found',
    ],
  ])('refuses %s with WeChat’s words', async (_what, call, errMsg) => {
    const target = blank
    expect(await outcome(target, call)).toMatchObject({ kind: 'fail', errMsg })
  })

  it('holds ten megabytes in all', async () => {
    const target = await openPage()
    const failure = await target.run(`() => {
      try {
        for (let n = 0; n < 20; n += 1) wx.setStorageSync('key' + n, ${big(1000 * 1000)})
      } catch (error) {
        return [error.message, wx.getStorageInfoSync().keys.length]
      }
    }`)
    expect(failure).toEqual(['setStorageSync:fail exceed storage max size 10Mb', 10])
  })

  it('keeps copies, answers an empty string for nothing, and seals what it is told to', async () => {
    const target = await openPage()
    const values = await target.run(`async () => {
      const value = { a: 1 }
      wx.setStorageSync('a', value)
      value.a = 2
      await wx.setStorage({ key: 'secret', data: { b: '密' }, encrypt: true })
      const opened = await wx.getStorage({ key: 'secret', encrypt: true })
      return [wx.getStorageSync('a'), wx.getStorageSync('none'), opened.data, typeof wx.getStorageSync('secret')]
    }`)
    expect(values).toEqual([{ a: 1 }, '', { b: '密' }, 'string'])
  })

  it('loses nothing that was stored just before the host is closed', async () => {
    const host = await startHost({ projectPath: onePage('{}') })
    void host.send('App.callFunction', {
      functionDeclaration: "() => wx.setStorageSync('last', 1)",
    })
    await host.close()
    expect(host.storage).toEqual({ last: '1' })
  })

  it('starts with what it was given and hands out what was stored', async () => {
    const target = await openForTest(onePage('{}'), { storage: { token: 't' } })
    await target.run("() => wx.setStorageSync('more', [wx.getStorageSync('token')])")
    expect(await until(() => target.host.storage.more)).toBe('["t"]')
  })
})

describe('what the host shows', () => {
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

  it('chooses from an action sheet, and fails when it is left', async () => {
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

  it('shows one of toast and loading, and lets a toast go by itself', async () => {
    const target = await openPage()
    await target.program.callWxMethod('showLoading', { title: '等待' })
    expect(await ui(target)).toMatchObject({ loading: { title: '等待' }, toast: null })
    await target.program.callWxMethod('showToast', { title: '完成', duration: 1_000 })
    expect(await ui(target)).toMatchObject({ loading: null, toast: { title: '完成' } })
    expect(await until(async () => (await ui(target)).toast === null)).toBe(true)
  })

  it('says so when nothing is open that native() could answer', async () => {
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

describe('the phone around the app', () => {
  it('tells theme and network changes', async () => {
    const target = await openPage()
    await target.run(`() => {
      getApp().heard = []
      wx.onThemeChange((change) => getApp().heard.push(change))
      wx.onNetworkStatusChange((change) => getApp().heard.push(change))
    }`)
    await target.host.send('Host.setTheme', { theme: 'dark' })
    await target.host.send('Host.setNetwork', { networkType: 'none' })
    expect(await target.run('() => getApp().heard')).toEqual([
      { theme: 'dark' },
      { isConnected: false, networkType: 'none' },
    ])
    expect(await target.run('() => wx.getAppBaseInfo().theme')).toBe('dark')
    expect(await target.run('() => wx.getNetworkType()')).toMatchObject({ networkType: 'none' })
  })

  it('tells the font size', async () => {
    const target = await openPage()
    await target.host.send('Host.setFontSize', { fontSizeSetting: 24 })
    expect(await target.run('() => wx.getAppBaseInfo()')).toMatchObject({
      fontSizeSetting: 24,
      fontSizeScaleFactor: 1.5,
    })
  })

  it('says which app it is and that no update waits, until one does', async () => {
    const target = await openPage()
    expect(await target.run('() => wx.getAccountInfoSync().miniProgram')).toMatchObject({
      appId: 'wx0123456789abcdef',
      envVersion: 'develop',
    })
    await target.run(`() => {
      getApp().updates = []
      const manager = wx.getUpdateManager()
      manager.onCheckForUpdate((result) => getApp().updates.push(result))
      manager.onUpdateReady(() => getApp().updates.push('ready'))
    }`)
    await until(async () => ((await target.run('() => getApp().updates')) as unknown[]).length)
    await target.host.send('Host.announceUpdate')
    expect(await target.run('() => getApp().updates')).toEqual([{ hasUpdate: false }, 'ready'])
  })

  it('hides and shows the app with its page', async () => {
    const target = await openForTest(
      onePage(
        "{ onShow() { getApp().log.push('page show') }, onHide() { getApp().log.push('page hide') } }",
        '<view />',
        {
          'app.ts':
            "App({ log: [], onShow() { this.log.push('show') }, onHide() { this.log.push('hide') } })",
        },
      ),
    )
    await target.host.send('Host.hideApp')
    await target.host.send('Host.showApp')
    expect(await target.run('() => getApp().log')).toEqual([
      'show',
      'page show',
      'page hide',
      'hide',
      'show',
      'page show',
    ])
  })

  it('queries elements of the page on screen', async () => {
    const target = await openPage(
      '{}',
      '<view id="a" class="b" data-n="{{1}}" /><view class="b" />',
    )
    const found = await target.run(`() => new Promise((resolve) => {
      wx.createSelectorQuery()
        .select('#a').fields({ id: true, dataset: true })
        .selectAll('.b').fields({ id: true })
        .exec(resolve)
    })`)
    expect(found).toEqual([{ id: 'a', dataset: { n: 1 } }, [{ id: 'a' }, { id: '' }]])
  })
})

interface Ui {
  toast: { title: string } | null
  loading: { title: string } | null
  dialogs: { kind: string; content: object }[]
}

const ui = async (target: Target): Promise<Ui> => (await target.host.send('Host.getUi')) as Ui
