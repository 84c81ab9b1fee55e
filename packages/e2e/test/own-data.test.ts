import { describe, expect, it } from 'vitest'
import { newNumber } from './support/numbers.ts'
import { CENTRE, CLOSE_PATH, DATA, DATA_PATH, HOME, LOGIN_PATH } from './support/pages.ts'
import type { Origin } from './support/toasts.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

declare const getApp: () => { copied?: string }

const SIX_MINUTES = 6 * 60_000
const CLOSE_FAILURE = ['.close-failure', '.title'] as const

describe('the user’s own data', () => {
  const world = useWorld({ own: true })
  /** Signs the user in on a tablet, and binds a number there. */
  const withNumber = async (person: string) => {
    const number = newNumber()
    const token = await world.api.signInElsewhere(person)
    await world.wechat.createPerson({ name: person, phone: number })
    expect(await world.api.bindPhone(person, token)).toMatchObject({ errno: 0 })
    return { number, token }
  }
  const close = async (sure = true) => {
    await world.phone.tap('.close')
    await world.phone.answerModal(sure)
  }
  const closeAgain = async () => {
    await world.phone.seesNo('.close')
    await world.phone.tap(['.close-failure', '.retry'])
    await world.phone.answerModal(true)
  }
  const isGuest = async () => {
    await world.phone.answerModal(true)
    await world.phone.isOn(HOME)
    await world.phone.sees('.guest-title', '你还没有登录')
  }

  it('is shown on a tap, complete, and without data of other users', async () => {
    const { phone, api, person, gate } = world
    const other = await withNumber(`other-than-${person}`)
    const mine = await withNumber(person)
    const token = await world.signIn()
    await world.openDataPage()
    expect(gate.to(DATA_PATH)).toEqual([])
    await phone.tap('.view')

    await phone.sees('.phone', `+86 ${mine.number}`)
    await phone.sees('.devices', 'Tablet')
    await phone.sees('.devices', '本机')
    await phone.sees('.activity', '绑定手机号')
    const [{ data: own }, { data: others }] = [
      await api.ownData(token),
      await api.ownData(other.token),
    ]
    await phone.sees('.account', own.account.publicId)
    await phone.sees('.account', own.account.nickName)
    const shown = (await phone.texts('.card')).join()
    for (const theirs of [other.number, others.account.publicId, others.account.nickName])
      expect(shown).not.toContain(theirs)
  })

  it('is copied as the API sent it, and is gone when the page is left', async () => {
    const { phone, api, person } = world
    const program = phone.program()
    await program.mockWxMethod('setClipboardData', function (this: Origin, options: object) {
      const { data } = options as { data: string }
      getApp().copied = data
      return this.origin({ data })
    })
    const { number } = await withNumber(person)
    const token = await world.signIn()
    await world.openDataPage()
    await phone.tap('.view')
    await phone.tap('.copy')
    await world.told('个人信息')
    const copied = JSON.parse((await program.evaluate(() => getApp().copied ?? '')) as string)
    await program.restoreWxMethod('setClipboardData')
    const { data } = await api.ownData(token)
    expect(copied.account).toEqual(data.account)
    expect(copied.account.phone).toBe(`86-${number}`)
    expect(copied.sessions).toHaveLength(2)

    const { keys } = (await program.callWxMethod('getStorageInfoSync')) as { keys: string[] }
    for (const key of keys) expect(JSON.stringify(await phone.stored(key))).not.toContain(number)
    await phone.open(CENTRE)
    await phone.tap('.settings')
    await phone.tap('.own-data')
    await phone.find('.view')
    await phone.seesNo('.account')
  })

  it('is shown after a silent renewal when the sign-in is old', async () => {
    const { phone, gate } = world
    await world.signIn()
    await world.letTimePass(SIX_MINUTES)
    await world.openDataPage()
    gate.reset()
    await phone.tap('.view')

    await phone.find('.account')
    expect(gate.to(DATA_PATH).map(({ status }) => status)).toEqual([401, 200])
    expect(gate.to(LOGIN_PATH)).toHaveLength(1)
  })

  it('is not requested for a guest', async () => {
    const { phone, gate } = world
    await phone.open(DATA)
    await phone.sees('.guest-title', '登录后查看我的数据')
    await phone.seesNo('.close')
    expect(gate.passages).toEqual([])
  })

  it('is deleted with the account, which ends every session, and does not come back', async () => {
    const { phone, api, person } = world
    const { token: elsewhere } = await withNumber(person)
    const token = await world.signIn('晓雯')
    const before = (await api.ownData(token)).data.account
    await world.openDataPage()
    await phone.tap('.understand')
    await close()

    await isGuest()
    expect(await api.profile(token)).toMatchObject({ status: 401, errno: 501 })
    expect(await api.profile(elsewhere)).toMatchObject({ status: 401, errno: 714 })
    const { keys } = (await phone.program().callWxMethod('getStorageInfoSync')) as {
      keys: string[]
    }
    expect(keys).toEqual(['apiBase'])

    const again = await world.signIn()
    await phone.open(CENTRE)
    await phone.sees('.mobile', '未绑定')
    const { account, sessions, events } = (await api.ownData(again)).data
    expect(account.publicId).not.toBe(before.publicId)
    expect(account).toMatchObject({ phone: null, nickName: expect.stringMatching(/^普通用户/) })
    expect(sessions).toHaveLength(1)
    expect(events.map(({ kind }) => kind)).toEqual(['login'])
  })

  it('is unchanged when the user does not confirm', async () => {
    const { phone, api, gate } = world
    const token = await world.signIn()
    const before = (await api.ownData(token)).data.account
    await world.openDataPage()
    await phone.tap('.close')
    await phone.sees('.hint-close', '请先勾选')
    await phone.tap('.understood')
    await close(false)
    expect(await api.closeAccount(token, { confirm: false })).toMatchObject({ errno: 401 })
    expect(await api.closeAccount(token, {})).toMatchObject({ errno: 401 })

    expect(gate.to(CLOSE_PATH)).toEqual([])
    expect((await api.ownData(token)).data.account).toEqual(before)
    expect(await phone.stored('token')).toBe(token)
  })

  it('is unchanged when the server cannot be reached, and deleted at the next try', async () => {
    const { phone, api, gate } = world
    const token = await world.signIn()
    await world.openDataPage()
    await phone.tap('.understand')
    gate.become('down')
    await close()
    await phone.sees(CLOSE_FAILURE, '暂时无法确认账号是否已注销')
    expect(await api.profile(token)).toMatchObject({ errno: 0 })
    expect(await phone.stored('token')).toBe(token)

    gate.become('open')
    await closeAgain()
    await isGuest()
    expect(await api.profile(token)).toMatchObject({ errno: 501 })
  })

  it('is deleted although the answer was lost, and no new account is created', async () => {
    const { phone, api, gate } = world
    const token = await world.signIn()
    await world.openDataPage()
    await phone.tap('.understand')
    gate.reset()
    gate.become('one-way')
    await close()
    await phone.sees(CLOSE_FAILURE, '暂时无法确认账号是否已注销')
    expect(await api.profile(token)).toMatchObject({ errno: 501 })

    gate.become('open')
    await closeAgain()
    await isGuest()
    expect(gate.to(LOGIN_PATH)).toEqual([])
    expect(gate.to(CLOSE_PATH).map(({ status }) => status)).toEqual([200, 401])
  })

  it('is deleted by one request when the button is tapped twice', async () => {
    const { phone, gate } = world
    await world.signIn()
    await world.openDataPage()
    await phone.tap('.understand')
    gate.reset()
    gate.hold()
    await close()
    await phone.sees('.close', '正在注销')
    await phone.tap('.close')
    await until('the request', async () => gate.to(CLOSE_PATH)[0])
    gate.release()

    await isGuest()
    expect(gate.to(CLOSE_PATH)).toHaveLength(1)
  })
})
