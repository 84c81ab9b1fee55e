import { expect, it, onTestFinished } from 'vitest'
import { meetingTools } from './support/meetings.ts'
import { startTestApi } from './support/start-test-api.ts'

const ALL_DAY = { opensMin: 0, closesMin: 1_440 }
/** Noon in Shanghai. */
const tomorrowAt = (hours: number) =>
  new Date(new Date().setUTCHours(hours + 24, 0, 0, 0)).toISOString()
const [from, to] = [tomorrowAt(4), tomorrowAt(5)]

it('finds the rooms that seat so many, and refuses what is no number of people', async () => {
  const api = await startTestApi()
  onTestFinished(() => api.close())
  const { newTeam, addRoom, freeRooms } = meetingTools(api)
  const { owner } = await newTeam()
  await addRoom(owner, { name: '小会议室', capacity: 4, ...ALL_DAY })
  await addRoom(owner, { name: '大会议室', capacity: 20, ...ALL_DAY })
  const namesFor = async (query: string) =>
    (await freeRooms(owner, from, to, query)).data.rooms.map(({ name }) => name)

  expect(new Set(await namesFor(''))).toEqual(new Set(['小会议室', '大会议室']))
  expect(await namesFor('&people=5')).toEqual(['大会议室'])
  expect(await namesFor('&people=21')).toEqual([])
  for (const people of ['0', '-1', '1.5', 'many', '10000']) {
    expect(await freeRooms(owner, from, to, `&people=${people}`)).toMatchObject({ errno: 401 })
  }
})
