import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnBackends } from './support/backends.ts'
import type { OpenPage, Target } from './support/target.ts'
import { openTarget } from './support/target.ts'

describeOnBackends('templates and components', (backend) => {
  let target: Target
  let page: OpenPage

  beforeAll(async () => {
    target = await openTarget('features', { backend })
    page = await target.page()
  }, 60_000)
  afterAll(() => target?.close())

  it.each([
    ['.imported', '来自模板：甲'],
    ['.included', 'included'],
    ['.wxs', '3|12|Array|2020'],
    ['.nested', 'a1a2b1'],
    ['.condition', 'elif'],
    ['.object', '1-2'],
    ['.slots', '头身体脚'],
    ['.generic', 'generic:值'],
    ['.observed', '和：3'],
    ['.behavior', '来自行为'],
    ['.pure', 'pure hidden'],
  ])('renders %s', async (selector, text) => {
    expect(await (await target.find(selector)).text()).toBe(text)
  })

  it('passes external classes to a component', async () => {
    const card = await target.find('.external')
    expect(await (await card.$('.inner'))?.attribute('class')).toContain('red')
  })

  it('stops a caught tap, captures first, and passes marks on', async () => {
    await (await target.find('.catcher')).tap()
    expect(await page.data('events')).toEqual(['capture', 'catcher:7'])
    await page.setData({ events: [] })
    await (await target.find('.bubbler')).tap()
    expect(await page.data('events')).toEqual(['capture', 'bubbler', 'outer'])
  })

  it('serialises events as JSON with plain targets', async () => {
    await (await target.find('.plain')).tap()
    expect(await page.data('event')).toMatchObject({
      type: 'tap',
      target: { id: 'plain', dataset: { a: 'b' } },
      currentTarget: { id: 'plain', dataset: { a: 'b' } },
      touches: [],
      changedTouches: [{ identifier: 0 }],
    })
  })

  it('binds data two ways, also through a component', async () => {
    await (await target.find('.two-way')).input('新')
    expect(await page.data('text')).toBe('新')
    const field = await target.find('.own-field')
    await (await field.$('input'))?.input('更新')
    expect(await page.data('text')).toBe('更新')
  })

  it('replaces text with the result of bindinput, and truncates it at maxlength', async () => {
    const upper = await target.find('.upper')
    await upper.input('abcdef')
    expect(await upper.value()).toBe('ABCD')
  })

  it('submits named fields, and those of form-field components', async () => {
    await (await target.find('.agree')).tap()
    await (await target.find('.fruit-b')).tap()
    await (await target.find('.like')).tap()
    await (await target.find('.volume')).slideTo(33)
    await (await target.find('.send')).tap()
    expect(await page.data('submitted')).toEqual({
      who: '小明',
      agree: ['yes'],
      fruit: 'b',
      like: true,
      volume: 30,
      custom: 'own',
    })
    await (await target.find('.clear')).tap()
    expect(await (await target.find('.who')).value()).toBe('')
  })

  it('lets a label tap its control once', async () => {
    await page.setData({ checks: [] })
    await (await target.find('.label')).tap()
    expect(await page.data('checks')).toEqual([['x']])
  })

  it('fires one tap for a control inside a label', async () => {
    await page.setData({ checks: [] })
    await (await target.find('.labelled')).tap()
    expect(await page.data('checks')).toHaveLength(1)
  })

  it('hides hidden elements and calls relations', async () => {
    expect(await (await target.find('.hidden')).attribute('hidden')).toBe('true')
    expect(await (await target.find('.parent')).callMethod('children')).toBe(2)
  })

  it('runs lifetimes in WeChat’s order, children ready before their parents', async () => {
    expect(await target.run('() => getApp().lifetimes')).toEqual([
      'parent created',
      'child created',
      'child created',
      'parent attached',
      'child attached',
      'child attached',
      'child ready',
      'child ready',
      'parent ready',
    ])
  })

  it('finds by tag, class, id, attribute, position and XPath', async () => {
    const texts = async (selector: string) =>
      Promise.all((await page.$$(selector)).map((element) => element.text()))
    expect(await texts('.list > view:first-child, .list view:last-child')).toEqual(['一', '三'])
    expect(await texts('.list [data-n="2"]')).toEqual(['二'])
    expect(await texts('view.list view:nth-child(2)')).toEqual(['二'])
    expect(await texts('.parent >>> .child-text')).toEqual(['child', 'child'])
    const byXpath = await page.getElementsByXpath('//view[@class="list"]/view[2]')
    expect(await byXpath[0]?.text()).toBe('二')
    expect(await page.xpath('//view[@class="nowhere"]')).toBeNull()
    await expect(page.$$('view::before')).rejects.toThrow('unsupported selector')
  })

  it('throws no exception in the tests above', () => {
    expect(target.exceptions).toEqual([])
  })
})
