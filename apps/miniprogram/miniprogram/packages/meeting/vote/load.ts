import { api } from '../../../config/api'
import { mayCallVotesIn } from '../../../meetings/may-call'
import { request } from '../../../net/request'
import { loadMemberships } from '../../../org/calls'
import type { VoteForm } from './form'
import { formOf, newVoteForm, toVoteFields } from './form'
import type { Place, SavedVote } from './saver'

type Company = { orgId: string; orgName: string }
/** What the page begins with. */
export type Opened = {
  place: Place
  /** In which of them a new vote without a meeting can be; else empty. */
  companies: Company[]
  form: VoteForm
  /** What the server has; nothing of a new vote. */
  saved: SavedVote | undefined
}

/** A new vote, or the draft with this id; `undefined` for who may not call or change it. */
export const openVoteForm = async (id: string, place: Place): Promise<Opened | undefined> => {
  if (id) return openDraft(id)
  if (place.meetingId) {
    return { place, companies: [], form: newVoteForm(true), saved: undefined }
  }
  const companies = (await loadMemberships()).filter(mayCallVotesIn)
  const [first] = companies
  if (!first) return undefined

  return {
    place: { orgId: first.orgId, meetingId: '' },
    companies,
    form: newVoteForm(false),
    saved: undefined,
  }
}

const openDraft = async (id: string): Promise<Opened | undefined> => {
  const { data } = await request(api.vote, 'GET', { params: { id } })
  if (data.details === null || data.may.indexOf('update') < 0) return undefined
  const form = formOf(data, data.details)

  return {
    place: { orgId: data.orgId, meetingId: data.meeting?.id ?? '' },
    companies: [],
    form,
    saved: { id, version: data.version, fields: toVoteFields(form) },
  }
}
