import type { EndReason } from '../sessions/session.ts'
import { UserStatus } from '../users/user.ts'
import type { DisableCode } from './disable-reasons.ts'
import { DISABLE_REASONS } from './disable-reasons.ts'

export type FreezeReason = {
  code?: DisableCode
  /** What the user is told, in place of the words that go with the code. */
  text?: string
  /** For operators; the user never sees it. */
  note?: string
}

/** The columns that a change of status writes, and why the sessions of the user end (null: they do not). */
export type StatusChange = {
  fields: {
    status: UserStatus
    statusReason: string | null
    statusCode: string | null
    statusNote: string | null
  }
  endReason: EndReason | null
}

export const freezing = ({ code = 'other', text, note }: FreezeReason = {}): StatusChange => ({
  fields: {
    status: UserStatus.frozen,
    statusReason: text ?? DISABLE_REASONS[code],
    statusCode: code,
    statusNote: note ?? null,
  },
  endReason: 'frozen',
})

export const unfreezing = (): StatusChange => ({
  fields: { status: UserStatus.active, statusReason: null, statusCode: null, statusNote: null },
  endReason: null,
})
