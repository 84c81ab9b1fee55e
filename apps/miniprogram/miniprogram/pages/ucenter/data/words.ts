import { messages } from '../../../i18n/index'

const { ownData } = messages

/** Why a session ended, by the API's `endedReason`. An unknown reason is left out. */
export const reasons = (): Record<string, string | undefined> => ({
  logout: ownData.byLogout,
  logout_all: ownData.byLogoutAll,
  ended_by_user: ownData.byOther,
  replaced: ownData.byReplaced,
  too_many: ownData.byTooMany,
  frozen: ownData.byFrozen,
  revoked: ownData.byRevoked,
})

/** What happened, by the API's `kind` of event. An unknown kind is shown as it is. */
export const kinds = (): Record<string, string | undefined> => ({
  login: ownData.didLogin,
  login_refused: ownData.didLoginRefused,
  logout: ownData.byLogout,
  logout_all: ownData.byLogoutAll,
  session_ended: ownData.didEndSession,
  frozen: ownData.byFrozen,
  unfrozen: ownData.wasUnfrozen,
  closed: ownData.wasClosed,
  key_reset: ownData.wasKeyReset,
  phone_unbound: ownData.wasPhoneUnbound,
  phone_bound: ownData.didBindPhone,
  phone_refused: ownData.didBindRefused,
  exported: ownData.didExport,
  export_refused: ownData.didExportRefused,
  close_refused: ownData.didCloseRefused,
  name_wiped: ownData.wasNameWiped,
  profile_wiped: ownData.wasProfileWiped,
  service_call: ownData.wasAsked,
  service_refused: ownData.wasAskedInVain,
})
