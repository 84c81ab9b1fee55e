import { describe, expect, it } from 'vitest'
import { onePage } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

const openPage = (definition = '{}', wxml = '<view />') => openForTest(onePage(definition, wxml))

describe('the state of the phone', () => {
  it('reports theme and network changes to the app', async () => {
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

  it('reports the font size to the app', async () => {
    const target = await openPage()
    await target.host.send('Host.setFontSize', { fontSizeSetting: 24 })
    expect(await target.run('() => wx.getAppBaseInfo()')).toMatchObject({
      fontSizeSetting: 24,
      fontSizeScaleFactor: 1.5,
    })
  })

  it('reports the account, and no update until one is announced', async () => {
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
