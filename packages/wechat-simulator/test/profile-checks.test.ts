import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { APP, useSimulator } from './support.ts'

const start = useSimulator()
const alice = { appid: APP.appid, person: 'alice' }
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 128])

const startWith = async (settings = {}) => {
  const { control } = await start({ settings })
  await control.createPerson({ name: 'alice' })
  await control.addVerdict({ contains: '坏', suggest: 'risky', label: 20003 })
  await control.addVerdict({ contains: '广告', suggest: 'review', label: 10001 })

  return {
    control,
    nickname: (nickname: string, change = {}) =>
      control.checkNickname({ ...alice, nickname, ...change }),
    avatar: async (image: Buffer, change = {}) =>
      (await control.checkAvatar({ ...alice, image: image.toString('base64'), ...change })).pass,
  }
}

describe('a nickname', () => {
  it('passes, or is reviewed as bad', async () => {
    const { nickname } = await startWith()

    expect(await nickname('小明')).toEqual({ pass: true, timeout: false })
    expect(await nickname('坏人')).toEqual({ pass: false, timeout: false })
  })

  it('that WeChat would review passes or not by a setting', async () => {
    const { nickname, control } = await startWith()
    expect(await nickname('广告')).toMatchObject({ pass: true })
    await control.changeSettings({ reviewedProfile: 'refuse' })

    expect(await nickname('广告')).toMatchObject({ pass: false })
  })

  it.each([
    ['2.24.3', true],
    ['2.24.4', false],
    ['3.4.2', false],
  ])('that is bad passes on base library %s: %s', async (libVersion, pass) => {
    const { nickname } = await startWith()

    expect(await nickname('坏人', { libVersion })).toMatchObject({ pass })
  })
})

describe('an avatar', () => {
  it('is known by its digest', async () => {
    const { avatar, control } = await startWith()
    expect(await avatar(PICTURE)).toBe(true)
    const sha256 = createHash('sha256').update(PICTURE).digest('hex')
    await control.addVerdict({ sha256, suggest: 'risky', label: 20002 })

    expect(await avatar(PICTURE)).toBe(false)
    expect(await avatar(PICTURE.subarray(1))).toBe(true)
    expect(await avatar(PICTURE, { libVersion: '2.24.3' })).toBe(true)
  })

  it('is known by a text among its bytes', async () => {
    const { avatar } = await startWith()

    expect(await avatar(Buffer.concat([PICTURE, Buffer.from('坏')]))).toBe(false)
  })
})

it('a verdict needs a text or a digest', async () => {
  const { control } = await startWith()

  await expect(control.addVerdict({ suggest: 'risky', label: 20002 })).rejects.toThrow(
    'body must have contains or sha256',
  )
})

it('an unknown person or app is not checked', async () => {
  const { nickname, avatar } = await startWith()

  await expect(nickname('小明', { person: 'bob' })).rejects.toThrow('No person bob')
  await expect(avatar(PICTURE, { appid: 'wx0' })).rejects.toThrow('No app wx0')
})
