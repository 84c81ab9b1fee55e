import type { LoginByPhoneRequest } from '@oa/contracts'
import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { accountDisabled, phoneTaken } from '../errors/business-error.ts'
import type { WeChatIdentity, WeChatPhone } from '../infra/wechat/types.ts'
import { maskPhone, writePhone } from '../phone/number.ts'
import type { PhoneProof, PhoneProofs } from '../phone/proof.ts'
import type { AttemptSignIn, SignedIn } from '../sign-in/attempt.ts'
import { newProfile } from '../sign-in/new-profile.ts'
import { isSpentBy } from '../sign-in/service.ts'
import type { SignIn, SignInOutcome } from '../sign-in/sign-in.ts'
import { createSingleFlight } from '../sign-in/single-flight.ts'
import type { UserStore } from '../users/sql.ts'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import type { PhoneSignInOutcome } from './sql.ts'

type Deps = {
  attempt: AttemptSignIn
  users: Pick<UserStore, 'findByKey'>
  proofs: PhoneProofs
  /** A sign-in that also binds the number: both, or nothing. */
  signIn(request: SignIn, phone: string): Promise<PhoneSignInOutcome>
  audit: AuditLog
}

export type SignedInByPhone = SignedIn & { mobile: string }

export type PhoneLogin = ReturnType<typeof createPhoneLogin>

export const createPhoneLogin = (deps: Deps) => {
  const share = createSingleFlight<SignedInByPhone>({ isSpentBy })

  return {
    /** Signs in and binds the number that WeChat vouches for; rejects with what the user is to see. */
    loginByPhone: (
      request: LoginByPhoneRequest,
      proof: PhoneProof,
      caller: Caller,
    ): Promise<SignedInByPhone> =>
      share({ appId: caller.appId, ...request }, async () => {
        let mobile = ''
        const attempt = { request, profile: newProfile(), caller }
        const signedIn = await deps.attempt(attempt, async (identity) => {
          const user = await findActive(deps, identity, caller)
          const audited = createAudited(deps, user, caller)
          const phone = writePhone(
            await audited(() => verify(deps, { ...identity, appId: caller.appId }, proof)),
          )
          mobile = maskPhone(phone)
          return (entry) => audited(() => write(deps, entry, phone))
        })
        return { ...signedIn, mobile }
      }),
  }
}

/**
 * The user of that openid, null when they are new. Rejects when the account is frozen or closed: its
 * number is not worth the money that WeChat takes.
 */
const findActive = async (
  { users, audit }: Deps,
  { openid }: WeChatIdentity,
  caller: Caller,
): Promise<User | null> => {
  const user = await users.findByKey({ appId: caller.appId, openid })
  if (user === null || user.status === UserStatus.active) return user
  await audit.record(DISABLED, { user, session: null }, caller)
  throw accountDisabled(user.statusReason)
}

const DISABLED = { kind: 'login_refused', outcome: 'ACCOUNT_DISABLED' } as const

const verify = (
  { proofs }: Deps,
  { appId, openid, sessionKey }: WeChatIdentity & Pick<Caller, 'appId'>,
  proof: PhoneProof,
): Promise<WeChatPhone> => {
  const owner = { appId, openid, sessionId: null }
  return 'code' in proof
    ? proofs.ofCode(proof.code, owner)
    : proofs.ofData(proof, owner, async () => sessionKey)
}

const write = async ({ signIn }: Deps, entry: SignIn, phone: string): Promise<SignInOutcome> => {
  const outcome = await signIn(entry, phone)
  if (outcome.kind === 'taken') throw phoneTaken()
  return outcome
}

/** Records for a user who is known already that their number was refused, as binding it would. */
const createAudited =
  ({ audit }: Deps, user: User | null, caller: Caller) =>
  <T>(work: () => Promise<T>): Promise<T> =>
    user === null
      ? work()
      : audit.recordRefusal('phone_refused', { user, session: null }, caller, work)
