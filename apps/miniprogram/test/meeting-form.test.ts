import { expect, it } from 'vitest'
import { changesOf } from '../miniprogram/packages/meeting/changes'
import type { Form } from '../miniprogram/packages/meeting/edit/form'
import {
  draftProblems,
  isMoved,
  moveEnd,
  moveStart,
  newForm,
  problemsOf,
  toFields,
} from '../miniprogram/packages/meeting/edit/form'

const ME = { id: 'me', name: '小明' }
const LEI = { id: 'lei', name: '李雷' }
const NOW = new Date(2026, 11, 1, 9, 20).getTime()
const form = (changes: Partial<Form> = {}): Form => ({
  ...newForm(ME, NOW),
  title: '周例会',
  participants: [LEI],
  ...changes,
})

it('begins at the next full hour, and lasts one', () => {
  expect(newForm(ME, NOW)).toMatchObject({
    start: { date: '2026-12-01', time: '10:00' },
    end: { date: '2026-12-01', time: '11:00' },
    host: ME,
  })
})

it('stays as long as it was when its start moves, on five minutes, over midnight too', () => {
  expect(moveStart(form(), { time: '23:33' })).toEqual({
    start: { date: '2026-12-01', time: '23:35' },
    end: { date: '2026-12-02', time: '00:35' },
  })
  expect(moveEnd(form(), { time: '10:31' })).toEqual({ end: { date: '2026-12-01', time: '10:30' } })
})

it.each<[Partial<Form>, object]>([
  [{}, {}],
  [{ title: '  ' }, { title: 'titleMissing' }],
  [{ end: { date: '2026-12-01', time: '10:00' } }, { time: 'order' }],
  [{ end: { date: '2026-12-03', time: '10:00' } }, { time: 'tooLong' }],
])('can be kept as a draft, or says why not: %j', (changes, problems) => {
  expect(draftProblems(form(changes))).toEqual(problems)
})

it.each<[Partial<Form>, object]>([
  [{}, {}],
  [{ participants: [] }, { people: 'nobody' }],
  [{ participants: [ME] }, { people: 'nobody' }],
  [{ participants: [], recorder: LEI }, {}],
  [{ start: { date: '2026-12-01', time: '09:15' } }, { time: 'past' }],
])('can be submitted, or says why not: %j', (changes, problems) => {
  expect(problemsOf(form(changes), NOW)).toEqual(problems)
})

it('sends only what changed, and knows what makes everybody reply again', () => {
  const before = toFields(form())
  expect(changesOf(before, toFields(form()))).toEqual({})
  const renamed = changesOf(before, toFields(form({ title: '月例会 ' })))
  expect(renamed).toEqual({ title: '月例会' })
  expect(isMoved(renamed)).toBe(false)
  const inRoom = changesOf(before, toFields(form({ room: { id: 'r', name: 'A' } })))
  expect(inRoom).toEqual({ roomId: 'r' })
  expect(isMoved(inRoom)).toBe(true)
})
