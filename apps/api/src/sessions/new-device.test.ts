import { describe, expect, it } from 'vitest'
import { deviceKeyOf, visibleTo } from './new-device.ts'

const at = (second: number) => new Date(second * 1_000)
const device = (key: string, second: number, hidden = false) => ({
  key,
  name: key,
  ip: '::1',
  at: at(second),
  hidden,
})
const keysSeenBy = (key: string, ...all: ReturnType<typeof device>[]) =>
  visibleTo(key, all).map((one) => one.key)

describe('a new device', () => {
  it('is seen by every known device', () => {
    expect(keysSeenBy('old-phone', device('tablet', 1), device('desktop', 2))).toEqual([
      'tablet',
      'desktop',
    ])
  })

  it('sees neither itself nor what is older, so that it cannot hide anything', () => {
    expect(keysSeenBy('thief', device('thief', 1), device('second-thief', 2))).toEqual([
      'second-thief',
    ])
    expect(keysSeenBy('second-thief', device('thief', 1), device('second-thief', 2))).toEqual([])
  })

  it('that another new device has seen is shown to the known ones alone', () => {
    const all = [device('thief', 1), device('second-thief', 2, true)]
    expect(keysSeenBy('thief', ...all)).toEqual([])
    expect(keysSeenBy('old-phone', ...all)).toEqual(['thief', 'second-thief'])
  })

  it('is known by its id, or by its user agent where it has none', () => {
    expect(deviceKeyOf({ deviceId: 'device-1', userAgent: 'a' })).toBe('device-1')
    expect(deviceKeyOf({ deviceId: null, userAgent: 'a' })).toMatch(/^ua:[\w-]{43}$/)
    expect(deviceKeyOf({ deviceId: null, userAgent: 'a' })).not.toBe(
      deviceKeyOf({ deviceId: null, userAgent: 'b' }),
    )
  })
})
