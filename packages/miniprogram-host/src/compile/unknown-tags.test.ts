import { expect, it } from 'vitest'
import { unknownTags } from './unknown-tags.ts'

it.each([
  ['<view><text /></view><block wx:if="{{a < b}}"/>', []],
  ['<slot name="a"/><template is="x"/><import src="a"/><wxs module="m">a<b</wxs>', []],
  ['<mine/><generic/><!-- <not-there/> -->', []],
  ['<vieww><Button/></vieww><vieww/>', ['vieww', 'Button']],
])('finds the unknown tags of %s', (template, tags) => {
  const config = { usingComponents: {}, componentGenerics: { generic: true } }
  expect(unknownTags(template, { config, declaredTags: ['mine'] })).toEqual(tags)
})
