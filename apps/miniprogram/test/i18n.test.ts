import { expect, it } from 'vitest'
import { en } from '../miniprogram/i18n/en'
import { zhCN } from '../miniprogram/i18n/zh-CN'
import { ending, source } from './support/source'
import { start } from './support/start'

const flat = (catalogue: object): [string, string][] =>
  Object.entries(catalogue).flatMap(([group, texts]) =>
    Object.entries<string>(texts).map(([key, text]): [string, string] => [`${group}.${key}`, text]),
  )
const places = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort()

it('has the same keys and placeholders in both languages', () => {
  const english = new Map(flat(en))

  expect([...english.keys()]).toEqual(flat(zhCN).map(([key]) => key))
  for (const [key, text] of flat(zhCN))
    expect([key, places(english.get(key))]).toEqual([key, places(text)])
})

it('has no empty text, no Chinese in English and no Chinese text without Chinese', () => {
  const han = /[\p{Script=Han}，]/u

  for (const [key, text] of flat(en))
    expect([key, text.trim() !== '', han.test(text)]).toEqual([key, true, false])
  for (const [key, text] of flat(zhCN)) expect([key, han.test(text)]).toEqual([key, true])
})

it('has no dialog button longer than the four characters that WeChat allows', () => {
  for (const { common, update, ownData, meeting } of [zhCN, en]) {
    const { confirmClose } = ownData
    const texts = [common.cancel, common.confirm, update.now, confirmClose, meeting.removeConfirm]
    for (const text of texts) expect([text, Array.from(text).length <= 4]).toEqual([text, true])
  }
})

it('has no text that is not used', () => {
  const code = [...ending('.ts'), ...ending('.wxml')]
    .filter((path) => !path.startsWith('i18n/'))
    .map(source)
    .join('\n')

  for (const [key] of flat(zhCN)) {
    const name = key.split('.')[1] ?? ''
    expect([key, new RegExp(`[.{,\\s]${name}\\b`).test(code)]).toEqual([key, true])
  }
})

it.each([
  ['zh_CN', '会议OA'],
  ['zh_TW', '会议OA'],
  ['en', 'Meeting OA'],
  ['fr', 'Meeting OA'],
])('names itself in a WeChat in %s: %s', async (language, name) => {
  await start({
    prepare: ({ state }) => {
      state.language = language
    },
  })
  const { messages } = await import('../miniprogram/i18n/index')

  expect(messages.app.name).toBe(name)
})

it('fills placeholders in, and leaves one without a value visible', async () => {
  await start()
  const { fillIn } = await import('../miniprogram/i18n/index')

  expect(fillIn('{a}, {b} and {a}', { a: 1 })).toBe('1, {b} and 1')
})

it('shows instants in the phone’s time zone', async () => {
  const { localDate, localDateTime } = await import('../miniprogram/utils/time')
  const instant = new Date(2026, 10, 1, 9, 5).toISOString()

  expect(localDate(instant)).toBe('2026-11-01')
  expect(localDateTime(instant)).toBe('2026-11-01 09:05')
  expect(localDateTime('not a date')).toBe('')
})
