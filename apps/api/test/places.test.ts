import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CityResponse } from 'maxmind'
import { expect, it, onTestFinished } from 'vitest'
import { openPlaces, toPlace } from '../src/infra/places.ts'
import { writePlaces } from './support/write-places.ts'

const named = (en: string, zh?: string) => ({
  names: zh === undefined ? { en } : { en, 'zh-CN': zh },
})
const CHINA = named('China', '中国')

it.each([
  [
    'a city',
    { country: CHINA, subdivisions: [named('Guangdong', '广东')], city: named('Shenzhen', '深圳') },
    { zh: '中国 广东 深圳', en: 'Shenzhen, Guangdong, China' },
  ],
  [
    'a municipality',
    { country: CHINA, subdivisions: [named('Shanghai', '上海')], city: named('Shanghai', '上海') },
    { zh: '中国 上海', en: 'Shanghai, China' },
  ],
  ['a country alone', { country: CHINA }, { zh: '中国', en: 'China' }],
  ['what has no Chinese name', { country: named('Atlantis') }, { zh: 'Atlantis', en: 'Atlantis' }],
  ['nothing', {}, null],
])('names %s', (_what, found, place) => {
  expect(toPlace(found as unknown as CityResponse)).toEqual(place)
})

it('knows the addresses of its file, and no others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-places-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'places.mmdb')
  await writePlaces(file, 203, { country: CHINA })
  const placeOf = await openPlaces(file)

  expect(placeOf('203.0.113.9')).toEqual({ zh: '中国', en: 'China' })
  for (const ip of ['204.0.113.9', '127.0.0.1', '::1', '', 'no address']) {
    expect([ip, placeOf(ip)]).toEqual([ip, null])
  }
})

it('is not opened over a file of another format', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-places-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'text.mmdb')
  await writeFile(file, 'no database')

  await expect(openPlaces(file)).rejects.toThrow('IP_PLACES')
  await expect(openPlaces(join(folder, 'none'))).rejects.toThrow('IP_PLACES')
})
