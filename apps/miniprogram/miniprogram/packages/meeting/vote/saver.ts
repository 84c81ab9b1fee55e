import { api } from '../../../config/api'
import { request } from '../../../net/request'
import type { Calls, Saved as SavedForm } from '../saver'
import { createSaver } from '../saver'
import type { VoteFields } from './form'

export type SavedVote = SavedForm<VoteFields>
/** What a new vote belongs to: a meeting, or the company alone. */
export type Place = { orgId: string; meetingId: string }

const CALLS: Calls<VoteFields, Place> = {
  async create({ orgId, meetingId }, requestId, fields) {
    const { title = '', kind = 'motion', secrecy = 'named' } = fields
    const data = { orgId, requestId, ...fields, title, kind, secrecy }
    const place = meetingId ? { ...data, meetingId } : data

    return (await request(api.createVote, 'POST', { data: place })).data
  },
  async update(id, version, changes) {
    const data = { version, ...changes }

    return (await request(api.updateVote, 'POST', { params: { id }, data })).data
  },
}

export const createVoteSaver = (start?: SavedVote) => createSaver(CALLS, start)

export type VoteSaver = ReturnType<typeof createVoteSaver>
