import type { MeetingPerson, MeetingState, Membership } from '@oa/contracts'
import { api } from '../../../config/api'
import { request } from '../../../net/request'
import type { Form, Named } from './form'
import { newForm, toFields, toMoment } from './form'
import type { Saved } from './saver'

type Loaded = { form: Form; orgId: string; state: MeetingState; version: number }
/** What the page begins with. */
export type Opened = {
  memberships: Membership[]
  orgId: string
  form: Form
  state: MeetingState
  /** What the server has; nothing of a new meeting. */
  saved: Saved | undefined
}

/** A new meeting, or the one with this id; `undefined` for who may not call or change it. */
export const openForm = async (id: string): Promise<Opened | undefined> => {
  const companies = await loadCompanies()
  const memberships = id ? companies : companies.filter(({ mayConvene }) => mayConvene)
  if (!id) {
    const [first] = memberships
    if (!first) return undefined
    const { orgId } = first
    return { memberships, orgId, form: newForm(meIn(first)), state: 'draft', saved: undefined }
  }
  const loaded = await loadForm(id)
  if (!loaded) return undefined
  const { form, orgId, state, version } = loaded

  return { memberships, orgId, form, state, saved: { id, version, fields: toFields(form) } }
}

/** The user as a member. */
export const meIn = ({ memberId, name }: Membership): Named => ({ id: memberId, name })

/** The companies in which the user is a member. */
const loadCompanies = async (): Promise<Membership[]> => {
  const { data } = await request(api.memberships, 'GET')

  return data.memberships.filter(({ state }) => state === 'active')
}

/** A meeting as a form; `undefined` when the user does not organise it. */
const loadForm = async (id: string): Promise<Loaded | undefined> => {
  const [{ data }, people] = await Promise.all([
    request(api.meeting, 'GET', { params: { id } }),
    loadPeople(id),
  ])
  const { details } = data
  if (details === null || data.may.indexOf('update') < 0) return undefined
  const form: Form = {
    ...newForm(data.host),
    title: data.title,
    agenda: details.agenda,
    location: data.location,
    room: data.room,
    start: toMoment(data.startsAt),
    end: toMoment(data.endsAt),
    recorder: details.recorder,
    auditor: details.auditor,
    participants: inPart(people, 'participant'),
    observers: inPart(people, 'observer'),
  }

  return { form, orgId: data.orgId, state: data.state, version: data.version }
}

const inPart = (people: MeetingPerson[], part: MeetingPerson['role']): Named[] =>
  people.filter(({ role }) => role === part).map(({ memberId, name }) => ({ id: memberId, name }))

/** All of them, page by page. */
const loadPeople = async (id: string): Promise<MeetingPerson[]> => {
  const people: MeetingPerson[] = []
  let cursor: string | undefined
  do {
    const data: { cursor?: string } = cursor === undefined ? {} : { cursor }
    const page = await request(api.meetingPeople, 'GET', { params: { id }, data })
    people.push(...page.data.items)
    cursor = page.data.next
  } while (cursor !== undefined)

  return people
}
