import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHost } from '../src/index.ts'
import { outcome } from './support/outcome.ts'
import { onePage } from './support/project.ts'
import type { Target } from './support/target.ts'
import { fixture, openForTest, openTarget, until } from './support/target.ts'

const openPage = (definition = '{}', wxml = '<view />', more = {}) =>
  openForTest(onePage(definition, wxml, more))

/** Shared by the tests that leave no state behind. */
let blank: Target

beforeAll(async () => {
  blank = await openTarget(fixture('tabs'))
})
afterAll(() => blank?.close())

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

  it('returns a promise without callbacks, which rejects with errMsg', async () => {
    const target = blank
    const failure = await target.run('() => wx.getStorage({ key: "none" }).catch((error) => error)')
    expect(failure).toEqual({ errMsg: 'getStorage:fail data not found' })
  })

  it('lets a function that this host lacks fail, and a name unknown to WeChat be undefined', async () => {
    const target = blank
    expect(await outcome(target, 'wx.startBeaconDiscovery(options)')).toEqual({
      kind: 'fail',
      errMsg: 'startBeaconDiscovery:fail not supported by miniprogram-host',
    })
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
  ])('answers canIUse(%s) with %s', async (schema, usable) => {
    const target = blank
    expect(await target.run('(schema) => wx.canIUse(schema)', schema)).toBe(usable)
  })

  it('gives DevTools’ mock code without a platform', async () => {
    const target = blank
    expect(await outcome(target, 'wx.login(options)')).toMatchObject({
      kind: 'success',
      code: 'the code is a mock one',
    })
  })
})

describe('setData', () => {
  it('updates data at once, then the view, then calls back', async () => {
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

  it('copies data for the view', async () => {
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

  it('holds ten megabytes in total', async () => {
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

  it('keeps copies, returns an empty string for absent keys, and encrypts on request', async () => {
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

  it('keeps values stored just before the host is closed', async () => {
    const host = await startHost({ projectPath: onePage('{}') })
    void host.send('App.callFunction', {
      functionDeclaration: "() => wx.setStorageSync('last', 1)",
    })
    await host.close()
    expect(host.storage).toEqual({ last: '1' })
  })

  it('starts with the given values and exposes the stored ones', async () => {
    const target = await openForTest(onePage('{}'), { storage: { token: 't' } })
    await target.run("() => wx.setStorageSync('more', [wx.getStorageSync('token')])")
    expect(await until(() => target.host.storage.more)).toBe('["t"]')
  })
})
