import { api } from '../../../config/api'
import { request } from '../../../net/request'
import type { Calls, Saved as SavedForm } from '../saver'
import { createSaver as createFormSaver } from '../saver'
import type { Fields } from './form'

export type Saved = SavedForm<Fields>

/** Keeps a meeting of the company `orgId` on the server as the form is. */
export const createSaver = (start?: Saved) => {
  let repliesReset = false
  const calls: Calls<Fields, string> = {
    async create(orgId, requestId, fields) {
      const data = { orgId, requestId, ...fields }

      return (await request(api.createMeeting, 'POST', { data })).data
    },
    async update(id, version, changes) {
      const data = { version, ...changes }
      const changed = await request(api.updateMeeting, 'POST', { params: { id }, data })
      repliesReset = repliesReset || changed.data.repliesReset

      return changed.data
    },
  }

  return {
    ...createFormSaver(calls, start),
    /** Whether everybody was asked again since the last call. */
    takeRepliesReset() {
      const was = repliesReset
      repliesReset = false

      return was
    },
  }
}

export type Saver = ReturnType<typeof createSaver>
