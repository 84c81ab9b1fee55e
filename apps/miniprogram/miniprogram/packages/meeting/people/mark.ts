import type { CheckInByHandRequest } from '@oa/contracts'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { request } from '../../../net/request'
import { askText, showToast } from '../../../ui/dialog'

const { checkIn } = messages
const MAX_REASON = 200

/**
 * Asks why to record that somebody is there, or to take it back. What it resolves with sends that, as often as it is called, and resolves with what to tell; `undefined` when nothing is to be sent.
 */
export const prepareMark = async ({
  id,
  memberId,
  isThere,
}: {
  id: string
  memberId: string
  isThere: boolean
}): Promise<(() => Promise<string>) | undefined> => {
  const reason = await askText(
    isThere ? checkIn.unmarkTitle : checkIn.markTitle,
    isThere ? checkIn.unmarkHint : checkIn.markHint,
  )
  if (reason === null) return undefined
  if (!reason || Array.from(reason).length > MAX_REASON) {
    showToast(reason ? checkIn.reasonTooLong : checkIn.reasonMissing)
    return undefined
  }
  const data: CheckInByHandRequest = { memberId, present: !isThere, reason }

  return async () => {
    await request(api.checkInByHand, 'POST', { params: { id }, data })
    return isThere ? checkIn.unmarkDone : checkIn.markDone
  }
}
