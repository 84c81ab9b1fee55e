import { expect, it } from 'vitest'
import { readWxs } from './wxs.ts'

/** What a WXS module exports. */
const exportsOf = (source: string): unknown => {
  const module = { exports: {} }
  const { code } = readWxs(source, 'm.wxs')
  const run = new Function('module', 'getRegExp', code)
  run(module, (pattern: string) => new RegExp(pattern))
  return module.exports
}

it.each([
  ["'\\d'", '\\d'],
  ["'^-?\\d+(\\.\\d+)?$'", '^-?\\d+(\\.\\d+)?$'],
  ["'\\\\d'", '\\d'],
  ["'\\\\\\d'", '\\\\d'],
  ["'a\\nb\\t\\'\\\"\\u4e00\\x41'", 'a\nb\t\'"一A'],
  ['"// \\s /* "', '// \\s /* '],
])('reads the string %s as WXS does', (literal, value) => {
  expect(exportsOf(`/* it's */ module.exports = ${literal} // '`)).toBe(value)
})

it('finds units with a pattern in a string, as component libraries do', () => {
  const source = `
    var REGEXP = getRegExp('^-?\\d+(\\.\\d+)?$');
    function addUnit(value) { return REGEXP.test('' + value) ? value + 'px' : value }
    module.exports = [addUnit(12), addUnit('1.5'), addUnit('2rem')]`
  expect(exportsOf(source)).toEqual(['12px', '1.5px', '2rem'])
})

it('lets names be words that JavaScript reserves', () => {
  const source = `
    var class = 'a', super = [1]
    function join(class) { return class ? class : super.length }
    module.exports = [join(class), join(''), { class: class, a: { class: 1 } }.class]`
  expect(exportsOf(source)).toEqual(['a', 1, 'a'])
})

it('gives the name of the type as constructor', () => {
  expect(exportsOf("module.exports = [[].constructor, ''.constructor]")).toEqual([
    'Array',
    'String',
  ])
})

it('names the modules that are required, without their extension', () => {
  expect(readWxs("var a = require('../b/c.wxs')", 'a/a.wxs')).toEqual({
    code: "var a = require('../b/c')",
    required: ['b/c'],
  })
})

it('names file and line of code that does not parse', () => {
  expect(() => readWxs('var a = 1\nvar b = ;', 'a/a.wxs')).toThrow(/^a\/a\.wxs:2:1: /)
})
