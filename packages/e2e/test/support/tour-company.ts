import { companyOf } from './company.ts'
import { newNumber } from './numbers.ts'
import {
  ADMIN_MEETINGS,
  AUDIT,
  CENTRE,
  DEPARTMENTS,
  FAILURE,
  HOME,
  INVITATIONS,
  JOIN,
  MEMBER,
  MEMBERS,
  ORG,
  POLICY,
  REQUESTS,
  ROOM,
  ROOMS,
} from './pages.ts'
import type { World } from './world.ts'

type Look = (name: string) => Promise<void>
type Company = ReturnType<typeof companyOf>

const ME = '陈晓雯 Charlotte'
const LONG_NAME = '阿依古丽·买买提 Alexandra Konstantinopoulou'
const DEPARTMENT = '产品研发与交付中心（华东大区）'
const roster = () => [
  `${LONG_NAME},${newNumber()},${DEPARTMENT},高级前端开发工程师`,
  `李明,${newNumber()},财务部,`,
]

/** The pages of a company, as a newcomer and an owner meet them; the user has signed in. */
export const companyTour = async (world: World, look: Look): Promise<void> => {
  const company = companyOf(world)
  const chief = `chief-of-${world.person}`
  await company.found(chief, await world.api.signInElsewhere(chief))
  await company.importRoster(roster())
  const { path, invitation } = await company.invite(true)
  await joining(world, look, company, path)
  await company.setRole(ME, 'owner')
  const guest = await world.api.signInElsewhere(`guest-of-${world.person}`)
  await company.join(guest, invitation, LONG_NAME.slice(0, 20))
  await asMember(world, look)
  await asOwner(world, look)
  await managing(world, look)
  await suspended(world, look, company, path)
}

const openCard = async ({ phone }: World, path: string) => {
  await phone.program().callWxMethod('reLaunch', { url: `/${path}` })
  await phone.isOn(JOIN)
}

const joining = async (world: World, look: Look, company: Company, path: string) => {
  const { phone } = world
  await openCard(world, JOIN)
  await phone.find('.home')
  await look('21-join-none')
  await openCard(world, `${JOIN}?i=never-made`)
  await phone.find(FAILURE)
  await look('21-join-over')
  await openCard(world, path)
  await phone.find('.name-field')
  await look('21-join-form')
  await phone.type('.name-field', ME)
  await phone.tap('.submit')
  await phone.find('.refresh')
  await look('21-join-pending')
  await company.decide(ME, false, '请写明部门，并使用花名册中的姓名')
  await phone.tap('.refresh')
  await phone.find('.notice')
  await look('21-join-refused')
  await phone.type('.name-field', ME)
  await phone.tap('.submit')
  await phone.find('.refresh')
  await company.decide(ME, true)
  await phone.tap('.refresh')
  await phone.find('.enter')
  await look('21-join-active')
}

const asMember = async ({ phone }: World, look: Look) => {
  await phone.open(CENTRE)
  await phone.find('.org')
  await look('22-centre-member')
  await phone.open(HOME)
  await phone.find('.org')
  await look('22-home-member')
}

const openEntry = async ({ phone }: World, page: string) => {
  await phone.open(HOME)
  await phone.tap('.org')
  await phone.isOn(ORG)
  await phone.tap(`.${page.split('/').at(-1)}`)
  await phone.isOn(page)
}

const asOwner = async (world: World, look: Look) => {
  const { phone } = world
  await phone.tap('.org')
  await phone.isOn(ORG)
  await phone.find('.colleague')
  await look('23-company')
  await phone.program().pageScrollTo(100_000)
  await look('23-company-end')
  await openEntry(world, REQUESTS)
  await phone.find('.accept')
  await look('24-requests')
  await phone.tap('.refuse')
  await look('24-requests-refuse')
  await phone.answerModal(false)
  await phone.tap('.accept')
  await phone.find('.guest-title')
  await look('24-requests-none')
  await openEntry(world, MEMBERS)
  await phone.find('.member')
  await look('25-members')
  await phone.tap('.member')
  await phone.isOn(MEMBER)
  await phone.find('.role')
  await look('25-member')
  await openEntry(world, DEPARTMENTS)
  await phone.find('.department')
  await look('26-departments')
  await openEntry(world, INVITATIONS)
  await phone.find('.invitation')
  await look('27-invitations')
  await phone.tap('.make')
  await phone.find('.draw')
  await look('27-invitation-made')
  await phone.tap('.draw')
  await phone.find('.code')
  await look('27-invitation-code')
}

const managing = async (world: World, look: Look) => {
  const { phone } = world
  await openEntry(world, ROOMS)
  await phone.find('.nothing-title')
  await look('29-rooms-none')
  await phone.tap('.add')
  await phone.isOn(ROOM)
  await phone.type('.name-field', '三楼会议室（靠电梯，需提前一天预订）')
  await phone.type('.place-field', '上海张江 A 座 3 楼')
  await phone.type('.equipment-field', '投影、白板、视频会议')
  await look('29-room-new')
  await phone.tap('.save')
  await phone.isOn(ROOMS)
  await phone.find('.room')
  await look('29-rooms')
  await phone.tap('.room')
  await phone.isOn(ROOM)
  await phone.find('.disable')
  await phone.program().pageScrollTo(100_000)
  await look('29-room')
  await phone.tap('.disable')
  await phone.answerModal(true)
  await phone.find('.enable')
  await look('29-room-disabled')
  await openEntry(world, POLICY)
  await phone.find('.save')
  await look('29-policy')
  await openEntry(world, ADMIN_MEETINGS)
  await phone.find('.nothing-title')
  await look('29-all-meetings-none')
  await openEntry(world, AUDIT)
  await phone.find('.entry')
  await look('29-audit')
}

const suspended = async (world: World, look: Look, company: Company, path: string) => {
  const { phone } = world
  await company.setState(ME, 'suspended', '调岗，请联系人力资源部')
  await openCard(world, path)
  await phone.find('.notice')
  await look('28-join-suspended')
  await phone.open(HOME)
  await phone.tap('.org')
  await phone.isOn(ORG)
  await phone.find('.standing')
  await look('28-company-suspended')
}
