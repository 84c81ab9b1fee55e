import { expect, it } from 'vitest'
import { start } from './support/start'

const at = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  new Date(year, month - 1, day, hour, minute)
/** Tuesday. */
const NOW = at(2026, 12, 1, 9, 30)

const load = async (language = 'zh_CN') => {
  await start({
    prepare: ({ state }) => {
      state.language = language
    },
  })
  return import('../miniprogram/meetings/when')
}

it.each([
  [at(2026, 12, 1, 23, 59), '今天', 'Today'],
  [at(2026, 12, 2, 0, 0), '明天', 'Tomorrow'],
  [at(2026, 11, 30, 23, 59), '昨天', 'Yesterday'],
  [at(2026, 12, 3, 9, 0), '12月3日 周四', 'Thu, Dec 3'],
  [at(2026, 11, 29, 9, 0), '11月29日 周日', 'Sun, Nov 29'],
  [at(2027, 1, 4, 9, 0), '2027年1月4日 周一', 'Mon, Jan 4, 2027'],
])('names the day of %s', async (day, chinese, english) => {
  expect((await load()).dayText(day.toISOString(), NOW)).toBe(chinese)
  expect((await load('en')).dayText(day.toISOString(), NOW)).toBe(english)
})

it('names a span by one day, or by both where it ends on another', async () => {
  const { spanText } = await load()
  const [afternoon, later] = [at(2026, 12, 1, 14, 0), at(2026, 12, 1, 15, 5)]
  const [night, morning] = [at(2026, 12, 1, 22, 0), at(2026, 12, 2, 1, 0)]

  expect(spanText(afternoon.toISOString(), later.toISOString(), NOW)).toBe('今天 14:00–15:05')
  expect(spanText(night.toISOString(), morning.toISOString(), NOW)).toBe('今天 22:00 – 明天 01:00')
})

it('shows nothing for what is no time', async () => {
  expect((await load()).dayText('soon', NOW)).toBe('')
})
