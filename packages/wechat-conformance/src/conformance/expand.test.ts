import { expect, it } from 'vitest'
import { expand } from './expand.ts'

it('expands a case into one per entry, with values of any type', () => {
  const written = {
    id: 'a/<name>',
    json: '<json>',
    quotas: { '<path>': 1 },
    errcode: '<errcode>',
    each: [
      { name: 'one', json: { a: [1] }, path: '/1', errcode: 40001 },
      { name: 'two', path: '/2', errcode: 40002 },
    ],
  }

  expect(expand(written, {})).toEqual([
    { id: 'a/one', json: { a: [1] }, quotas: { '/1': 1 }, errcode: 40001 },
    { id: 'a/two', quotas: { '/2': 1 }, errcode: 40002 },
  ])
})

it('finds a list by its name, and throws when there is none', () => {
  expect(expand({ id: '<n>', each: 'list' }, { list: [{ n: 'x' }] })).toEqual([{ id: 'x' }])
  expect(() => expand({ each: 'other' }, {})).toThrow('no list other')
})

it('leaves alone a case without each, and angle brackets that name no field', () => {
  expect(expand({ id: '<b>text</b>' }, {})).toEqual([{ id: '<b>text</b>' }])
  expect(expand({ id: 'a < b > c', each: [{}] }, {})).toEqual([{ id: 'a < b > c' }])
})
