import { expect, it } from 'vitest'
import { writeProject } from './support/project.ts'
import { openForTest } from './support/target.ts'

/** A page with one component, whose definition is given. */
const withComponent = (definition: string, more: Record<string, string> = {}) =>
  openForTest(
    writeProject({
      'pages/a/a.json': '{ "usingComponents": { "part": "/part/part" } }',
      'pages/a/a.wxml': '<part class="part" value="{{1}}" />',
      'part/part.json': '{ "component": true }',
      'part/part.wxml': '<view class="inner">{{value}}</view>',
      'part/part.ts': `Component(${definition})`,
      ...more,
    }),
  )

it.each([
  [
    'an unknown behavior',
    "{ behaviors: ['wx://something-new'], properties: { value: String } }",
    'part/part: the behavior "wx://something-new" is not supported and is ignored',
  ],
  [
    'a behavior that is none',
    '{ behaviors: [undefined, {}], properties: { value: String } }',
    'part/part: the behavior {} is not supported and is ignored',
  ],
  [
    'an observer without its method',
    "{ properties: { value: { type: String, observer: 'missing' } } }",
    'part/part: property "value": its observer "missing" is no function and is ignored',
  ],
  [
    'an observer in the list without its method',
    "{ properties: { value: String }, observers: { value: 'missing' } }",
    'part/part: the observer of "value" is no function and is ignored',
  ],
])('starts with %s, and says so in the console', async (_what, definition, warning) => {
  const target = await withComponent(definition)
  expect(target.exceptions).toEqual([])
  expect(await (await (await target.find('.part')).$('.inner'))?.text()).toBe('1')
  expect(target.logs.map(({ args }) => args)).toContainEqual([`miniprogram-host: ${warning}`])
})

it.each([
  ['a list of types', '{ properties: { value: [Number, String] } }'],
  ['a list as the type', '{ properties: { value: { type: [Number, String], value: 0 } } }'],
  ['a type that is none', "{ properties: { value: { type: 'Number' } } }"],
  ['no type', '{ properties: { value: undefined } }'],
])('takes a property with %s', async (_what, definition) => {
  const target = await withComponent(definition)
  expect(target.exceptions).toEqual([])
  expect(await (await (await target.find('.part')).$('.inner'))?.text()).toBe('1')
})

it('calls an observer that is a method of a behavior', async () => {
  const target = await withComponent(`{
    behaviors: [Behavior({ methods: { seen(value) { this.setData({ seen: value }) } } })],
    properties: { value: { type: Number, observer: 'seen' } },
  }`)
  expect(await (await target.find('.part')).data('seen')).toBe(1)
  expect(target.logs).toEqual([])
})

it('calls the observers that are there', async () => {
  const target = await withComponent(`{
    properties: { value: { type: Number, observer: 'seen' } },
    data: { log: [] },
    observers: { value(value) { this.setData({ twice: value * 2 }) } },
    methods: { seen(value) { this.setData({ seen: value }) } },
  }`)
  const part = await target.find('.part')
  expect(await part.data()).toMatchObject({ seen: 1, twice: 2 })
})

it.each([
  ['a-b', '{ "a-b": 1 }'],
  ['0', '{ 0: 1 }'],
  ['$value', '{ $value: 1 }'],
  ['名字', '{ 名字: 1 }'],
])('observes a field called %s', async (name, change) => {
  const target = await withComponent(`{
    properties: { value: Number },
    data: { seen: 0 },
    observers: { '${name}'(value) { this.setData({ seen: value }) } },
    attached() { this.setData(${change}) },
  }`)
  expect(await (await target.find('.part')).data('seen')).toBe(1)
  expect(target.exceptions).toEqual([])
})

it('ignores lifetimes that are no functions', async () => {
  const target = await withComponent(
    '{ properties: { value: Number }, lifetimes: { attached: undefined }, pageLifetimes: { show: 1 } }',
  )
  expect(target.exceptions).toEqual([])
})

it('lets a page hold objects that cannot be copied', async () => {
  const target = await openForTest(
    writeProject({
      'pages/a/a.ts': `
        class Timer { start() { return 'started' } }
        const cyclic: { self?: unknown } = {}
        cyclic.self = cyclic
        Page({ timer: new Timer(), cyclic, sound: wx.createInnerAudioContext(), list: [1] })`,
    }),
  )
  expect(target.exceptions).toEqual([])
  const held = `() => {
    const { timer, cyclic, sound, list } = getCurrentPages()[0]
    sound.play()
    return [timer.start(), cyclic.self === cyclic, list]
  }`
  expect(await target.run(held)).toEqual(['started', true, [1]])
})

it('lets data hold the instance of a component, as component libraries do', async () => {
  const target = await withComponent(
    `{
    properties: { value: Number },
    data: { parent: null },
    attached() { this.setData({ parent: this.selectOwnerComponent() }) },
    methods: { ask() { return this.data.parent.told(this.data.value) } },
  }`,
    { 'pages/a/a.ts': 'Page({ told(value) { return [this.route, value] } })' },
  )
  expect(target.exceptions).toEqual([])
  expect(await (await target.find('.part')).callMethod('ask')).toEqual(['pages/a/a', 1])
})
