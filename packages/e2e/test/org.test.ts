import { describe, expect, it } from 'vitest'
import { companyOf } from './support/company.ts'
import { inHours } from './support/meeting-company.ts'
import { newNumber } from './support/numbers.ts'
import {
  ADMIN_MEETINGS,
  AUDIT,
  CARD_TITLE,
  CENTRE,
  FAILURE,
  HOME,
  INVITATIONS,
  JOIN,
  JOIN_PATH,
  LOGIN,
  LOGIN_BUTTON,
  MEMBER,
  MEMBERS,
  ORG,
  POLICY,
  REQUESTS,
  ROOM,
  ROOMS,
} from './support/pages.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

declare const getCurrentPages: () => { onShareAppMessage(): { path: string; title: string } }[]

describe('a company', () => {
  const world = useWorld({ own: true })
  const openCard = async (path: string) => {
    await world.phone.program().callWxMethod('reLaunch', { url: `/${path}` })
    await world.phone.isOn(JOIN)
  }
  const openOrg = async () => {
    await world.phone.open(HOME)
    await world.phone.tap('.org')
    await world.phone.isOn(ORG)
  }
  const openEntry = async (page: string) => {
    await openOrg()
    await world.phone.tap(`.${page.split('/').at(-1)}`)
    await world.phone.isOn(page)
  }

  it('is filled by its owner: a card, a request, a roster; and a suspension is felt at once', async () => {
    const { phone, api, person, wechat } = world
    const token = await world.signIn('静静')
    const company = companyOf(world)
    await company.found(person, token)

    await openEntry(INVITATIONS)
    await phone.tap('.make')
    await phone.find('.made')
    const card = (await phone.program().evaluate(() => {
      const { path, title } = getCurrentPages().slice(-1)[0]?.onShareAppMessage() ?? {}
      return { path, title }
    })) as { path: string; title: string }
    expect(card.title).toBe(`${company.name} 邀请你加入`)
    const invitation = card.path.split('?i=')[1] ?? ''

    const guest = await api.signInElsewhere(`guest-of-${person}`)
    expect((await company.join(guest, invitation, '王芳')).data.state).toBe('pending')
    expect(await company.colleagues(guest)).toMatchObject({ status: 403, errno: 506 })
    await openEntry(REQUESTS)
    await phone.sees('.person-name', '王芳')
    await phone.tap('.accept')
    await phone.sees('.guest-title', '没有待处理的申请')
    expect(await company.colleagues(guest)).toMatchObject({ errno: 0 })

    const employee = `employee-of-${person}`
    const number = newNumber()
    await company.importRoster([`李明,${number},研发部,工程师`])
    await wechat.createPerson({ name: employee, phone: number })
    const known = await api.signInElsewhere(employee)
    await api.bindPhone(employee, known)
    expect((await company.join(known, invitation, '小李')).data).toMatchObject({
      state: 'active',
      name: '李明',
    })

    await openEntry(MEMBERS)
    await phone.sees('.member-name', '李明')
    await phone.sees('.member-name', '王芳')
    await (await phone.find('.search')).trigger('confirm', { value: '王芳' })
    await until('one member', async () => (await phone.texts('.member')).length === 1)
    await phone.tap('.member')
    await phone.isOn(MEMBER)
    await phone.tap('.suspend')
    await phone.answerModal(true)
    await phone.sees('.standing', '已停用')
    expect(await company.colleagues(guest)).toMatchObject({ status: 403, errno: 506 })
    expect((await company.colleagues(known)).data.items.map(({ name }) => name).sort()).toEqual(
      ['李明', '陈静'].sort(),
    )
  })

  it('is joined from a card by a guest who signs in, waits, and is let in', async () => {
    const { phone, api, person } = world
    const chief = `chief-of-${person}`
    const owner = await api.signInElsewhere(chief)
    const company = companyOf(world)
    await company.found(chief, owner)
    const { path } = await company.invite(true)

    await openCard(path)
    await phone.sees('.org-name', company.name)
    await phone.tap('.go-login')
    await phone.isOn(LOGIN)
    await world.agree()
    await phone.tap(LOGIN_BUTTON)
    await phone.isOn(JOIN)
    await phone.type('.name-field', '赵敏')
    await phone.tap('.submit')
    await phone.sees('.lead', '等待管理员通过')
    await phone.tap('.refresh')
    await world.told('管理员还没有处理')

    expect(await company.decide('赵敏', false, '请写明部门')).toMatchObject({ errno: 0 })
    await phone.tap('.refresh')
    await phone.sees('.notice', '上次的申请未通过：请写明部门')
    await phone.type('.name-field', '赵敏')
    await phone.tap('.submit')
    await phone.sees('.lead', '等待管理员通过')
    expect(await company.decide('赵敏', true)).toMatchObject({ errno: 0 })
    await phone.tap('.refresh')
    await phone.sees('.lead', '你已加入，姓名是“赵敏”')
    await phone.tap('.enter')
    await phone.isOn(HOME)
    await phone.sees('.org', company.name)

    await openOrg()
    await phone.sees('.colleague-name', '陈静')
    expect(await company.setState('赵敏', 'suspended', '调岗')).toMatchObject({ errno: 0 })
    await phone.open(HOME)
    await phone.sees('.org', '已停用')
    await openOrg()
    await phone.sees('.standing', '已停用')
    await phone.seesNo('.colleague')
  })

  it('is joined once when the answer is lost, and the phone says what became of it', async () => {
    const { phone, api, gate, person } = world
    const chief = `chief-of-${person}`
    const company = companyOf(world)
    await company.found(chief, await api.signInElsewhere(chief))
    const { path } = await company.invite(false)
    await world.signIn()
    await openCard(path)
    await phone.type('.name-field', '周杰')
    gate.become('one-way')
    await phone.tap('.submit')
    await phone.sees(FAILURE, '网络连接失败')
    gate.become('open')
    expect((await company.members()).filter(({ name }) => name === '周杰')).toHaveLength(1)
    await phone.tap('.submit')
    await phone.sees('.lead', '你已加入')

    expect(gate.to(JOIN_PATH)).toHaveLength(2)
    expect((await company.members()).filter(({ name }) => name === '周杰')).toHaveLength(1)
  })

  it('shows a stranger nothing, and an invitation that is over says so', async () => {
    const { phone, api, person } = world
    const chief = `chief-of-${person}`
    const company = companyOf(world)
    const orgId = await company.found(chief, await api.signInElsewhere(chief))
    const token = await world.signIn()

    await phone.seesNo('.org')
    await phone.sees('.for-whom', '邀请')
    await phone.program().callWxMethod('reLaunch', { url: `/${ORG}?orgId=${orgId}` })
    await phone.isOn(CENTRE)
    expect(await company.colleagues(token)).toMatchObject({ status: 403, errno: 506 })
    const path = `/wx/org/members?orgId=${orgId}`
    expect(await api.call('GET', path, { token })).toMatchObject({ status: 403, errno: 506 })

    await openCard(`${JOIN}?i=never-made`)
    await phone.sees(FAILURE, '邀请不存在或已失效')
  })

  it('is run from the phone: rooms, rules, what is planned, and a record of it', async () => {
    const { phone, api, person, gate } = world
    const token = await world.signIn('静静')
    const company = companyOf(world)
    await company.found(person, token)
    const { invitation } = await company.invite(false)
    const member = await api.signInElsewhere(`member-of-${person}`)
    const { memberId } = (await company.join(member, invitation, '王芳')).data
    const rooms = async () => {
      type Rooms = { rooms: { id: string; name: string; capacity: number; disabled: boolean }[] }
      return (await api.call<Rooms>('GET', '/wx/room/list', { token })).data.rooms
    }

    await openEntry(ROOMS)
    await phone.tap('.add')
    await phone.isOn(ROOM)
    await phone.type('.name-field', '三楼会议室')
    await phone.type('.capacity-field', '12')
    gate.become('one-way')
    await phone.tap('.save')
    await phone.sees(FAILURE, '网络连接失败')
    gate.become('open')
    await phone.tap('.save')
    await phone.isOn(ROOMS)
    await phone.sees('.room-name', '三楼会议室')
    expect(await rooms()).toMatchObject([{ capacity: 12, disabled: false }])

    await openEntry(POLICY)
    await (await phone.find('.convene')).trigger('change', { value: false })
    await (await phone.find('.approval')).trigger('change', { value: 1 })
    await phone.tap('.save')
    await world.told('已保存')
    const mine = await api.call<{ memberships: object[] }>('GET', '/wx/org/mine', { token: member })
    expect(mine.data.memberships).toMatchObject([{ mayConvene: false }])

    const [{ id: roomId } = { id: '' }] = await rooms()
    const span = { startsAt: inHours(0.2), endsAt: inHours(1) }
    const body = {
      requestId: '01938a5e-7c1d-7000-8000-0000000000aa',
      title: '预算评审',
      roomId,
      participantIds: [memberId],
      ...span,
    }
    const made = await api.call<{ id: string }>('POST', '/wx/meeting', { token, body })
    await api.call('POST', `/wx/meeting/${made.data.id}/submit`, { token, body: { version: 1 } })
    const tomorrowIsMonday = new Date(span.startsAt).getDay() === 1 && new Date().getDay() === 0
    await openEntry(ADMIN_MEETINGS)
    if (tomorrowIsMonday) await phone.tap('.later')
    await phone.sees(CARD_TITLE, '预算评审')

    await openEntry(ROOMS)
    await phone.tap('.room')
    await phone.isOn(ROOM)
    await phone.tap('.disable')
    await phone.answerModal(true)
    await phone.sees(FAILURE, '会议室还有未开始的会议')
    expect(await rooms()).toMatchObject([{ disabled: false }])
    await api.call('POST', `/wx/meeting/${made.data.id}/cancel`, {
      token,
      body: { version: 2, reason: '改期' },
    })
    await phone.tap('.disable')
    await phone.answerModal(true)
    await phone.find('.enable')
    expect(await rooms()).toMatchObject([{ disabled: true }])

    await openEntry(AUDIT)
    await phone.sees('.what', '会议室 · 停用或恢复')
    await phone.sees('.what', '会议 · 取消')
    await phone.sees('.what', '修改会议规则')
    await phone.sees('.about', '三楼会议室')
  })

  it('gives out cards while WeChat is down, and its code when WeChat is back', async () => {
    const { phone, person, wechat } = world
    const token = await world.signIn('静静')
    await companyOf(world).found(person, token)
    await openEntry(INVITATIONS)
    await phone.tap('.make')
    await phone.find('.share')
    await wechat.addFault({ path: '/wxa/getwxacodeunlimit', times: 0, errcode: -1 })
    await phone.tap('.draw')
    await world.told('微信服务暂时不可用')
    await wechat.clearFaults()
    await phone.tap('.draw')
    await phone.find('.code')
  })
})
