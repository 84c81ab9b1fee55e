import { expect, it } from 'vitest'
import { describeOnBackends } from './support/backends.ts'
import { onePage } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

const open = (wxs: string, wxml: string, page: string, backend: 'node' | 'chromium') =>
  openForTest(onePage(page, `<wxs module="m">${wxs}</wxs>${wxml}`), { backend })

describeOnBackends('a function of WXS that listens', (backend) => {
  it('to an event gets the descriptors of its page and of the element', async () => {
    const target = await open(
      `module.exports.tapped = function (event, owner) {
        var state = event.instance.getState()
        state.count = (state.count || 0) + 1
        event.instance.addClass('on off')
        event.instance.removeClass('off')
        owner.selectComponent('.other').setStyle({ 'margin-left': '3px', opacity: 0.5 })
        owner.callMethod('told', {
          count: state.count,
          n: event.instance.getDataset().n,
          on: event.instance.hasClass('on'),
          type: event.type,
        })
      }`,
      '<view class="own" data-n="7" bindtap="{{m.tapped}}" /><view class="other" />',
      '{ data: { told: [] }, told(value) { this.setData({ told: [...this.data.told, value] }) } }',
      backend,
    )
    await (await target.find('.own')).tap()
    await (await target.find('.own')).tap()
    const page = await target.page()
    expect(await page.data('told')).toEqual([
      { count: 1, n: '7', on: true, type: 'tap' },
      { count: 2, n: '7', on: true, type: 'tap' },
    ])
    if (backend === 'chromium') {
      expect(await (await target.find('.other')).style('opacity')).toBe('0.5')
    }
    expect(target.exceptions).toEqual([])
  })

  it('to a change gets the value, the old one and both descriptors', async () => {
    const target = await open(
      `module.exports.changed = function (value, old, owner, own) {
        owner.callMethod('told', [value, old === undefined ? null : old, own.getDataset().n])
      }`,
      '<view data-n="1" prop="{{n}}" change:prop="{{m.changed}}" />',
      '{ data: { n: 1, told: [] }, told(value) { this.data.told.push(value) } }',
      backend,
    )
    await until(async () => ((await (await target.page()).data('told')) as unknown[]).length)
    await (await target.page()).setData({ n: 2 })
    const told = async () => (await target.page()).data('told') as Promise<unknown[]>
    await until(async () => (await told()).length === 2)
    expect(await told()).toEqual([
      [1, null, '1'],
      [2, 1, '1'],
    ])
  })

  it('stops an event by false, and runs a task in the next frame', async () => {
    const target = await open(
      `module.exports.inner = function (event, owner) {
        owner.requestAnimationFrame(function () { owner.callMethod('drawn') })
        return false
      }`,
      '<view bindtap="outer"><view class="inner" bindtap="{{m.inner}}" /></view>',
      '{ data: { log: [] }, outer() { this.data.log.push("outer") }, drawn() { this.data.log.push("drawn") } }',
      backend,
    )
    await (await target.find('.inner')).tap()
    const log = await until(async () => {
      const seen = (await (await target.page()).data('log')) as string[]
      return seen.length > 0 && seen
    })
    expect(log).toEqual(['drawn'])
  })
})
