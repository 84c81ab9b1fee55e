import type { Query, Statement } from '../infra/database/statement.ts'

/** The number that an active user gets in place of any other. */
export type NewNumber = { appId: string; phone: string; userId: number; at: Date }

/** Who has the number, of accounts that are not closed: a closed one has given it back. */
export const SELECT_OWNERS: Query<Pick<NewNumber, 'appId' | 'phone'>, { userId: number }> = {
  times: [],
  sqlite: {
    text: 'SELECT id AS userId FROM wx_user WHERE appid = ? AND bound_phone = ?',
    values: ({ appId, phone }) => [appId, phone],
  },
  mysql: ([row]) => ({
    text: 'SELECT id AS userId FROM wx_user WHERE appid = ? AND bound_phone = ?',
    values: [row?.appId ?? '', row?.phone ?? ''],
  }),
}

const BIND = `UPDATE wx_user SET bound_phone = ?, phone_bound_at = ?, update_time = ?
  WHERE id = ? AND status = 0`

export const BIND_NUMBER: Statement<NewNumber> = {
  sqlite: { text: BIND, values: ({ phone, at, userId }) => [phone, at, at, userId] },
  mysql: ([row]) => ({
    text: BIND,
    values: row === undefined ? [] : [row.phone, row.at, row.at, row.userId],
  }),
}
