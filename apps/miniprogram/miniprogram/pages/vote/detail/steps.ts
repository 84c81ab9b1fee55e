import type { VoteResult } from '@oa/contracts'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { request } from '../../../net/request'
import { askText, confirm, showToast } from '../../../ui/dialog'
import type { Step } from './view'

const { vote } = messages
const MAX_REASON = 200

/**
 * Sends what the user decided, with the content that it had then, however often it is called: the
 * server answers a request that it has done already as it did the first time. Resolves with what to tell.
 */
export type Send = () => Promise<string>
type Shown = Pick<VoteResult, 'id' | 'version' | 'state'>

/** Asks once more where a ballot is final; `undefined` when the user thinks better of it. */
export const prepareCast = async (
  id: string,
  optionIds: string[],
  isFinal: boolean,
): Promise<Send | undefined> => {
  if (isFinal && !(await confirm(vote.castTitle, vote.castText))) return undefined

  return async () => {
    await request(api.castVote, 'POST', { params: { id }, data: { optionIds } })
    return vote.castDone
  }
}

/** The same for what becomes of the vote. */
export const prepareStep = (
  action: Exclude<Step, 'update'>,
  shown: Shown,
): Promise<Send | undefined> => STEPS[action](shown)

const STEPS: Record<Exclude<Step, 'update'>, (shown: Shown) => Promise<Send | undefined>> = {
  open: async ({ id, version }) => {
    if (!(await confirm(vote.startTitle, vote.startText))) return undefined

    return async () => {
      await request(api.openVote, 'POST', { params: { id }, data: { version } })
      return vote.startDone
    }
  },

  close: async ({ id, version }) => {
    if (!(await confirm(vote.closeTitle, vote.closeText))) return undefined

    return async () => {
      await request(api.closeVote, 'POST', { params: { id }, data: { version } })
      return vote.closeDone
    }
  },

  cancel: async ({ id, version, state }) => {
    // Nobody else has seen a draft.
    const reason =
      state === 'draft' ? await askWhether() : await askReason(vote.cancelTitle, vote.cancelHint)
    if (reason === undefined) return undefined
    const data = reason ? { version, reason } : { version }

    return async () => {
      await request(api.cancelVote, 'POST', { params: { id }, data })
      return vote.cancelDone
    }
  },
}

const askWhether = async (): Promise<string | undefined> =>
  (await confirm(vote.dropTitle, vote.dropText)) ? '' : undefined

const askReason = async (title: string, hint: string): Promise<string | undefined> => {
  const reason = await askText(title, hint)
  if (reason === null) return undefined
  const problem = reason === '' ? vote.reasonMissing : vote.reasonTooLong
  if (reason !== '' && Array.from(reason).length <= MAX_REASON) return reason
  showToast(problem)

  return undefined
}
