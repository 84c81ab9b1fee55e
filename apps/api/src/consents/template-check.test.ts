import { expect, it } from 'vitest'
import { templateProblems } from './template-check.ts'

const CONFIGURED = [
  { kind: 'new_device', id: 'T1', fields: { device: 'thing1', time: 'time2' } },
] as const

it('finds nothing wrong with a template whose fields are all filled', () => {
  expect(templateProblems(CONFIGURED, [{ id: 'T1', fields: ['time2', 'thing1'] }])).toEqual([])
})

it('names a template that WeChat does not list, and fields that do not fit', () => {
  expect(templateProblems(CONFIGURED, [{ id: 'T2', fields: [] }])).toEqual([
    { kind: 'new_device', problem: 'this mini-program has no such template' },
  ])
  expect(templateProblems(CONFIGURED, [{ id: 'T1', fields: ['thing1', 'time3'] }])).toEqual([
    { kind: 'new_device', problem: 'nothing fills time3' },
    { kind: 'new_device', problem: 'the template has no time2' },
  ])
})
