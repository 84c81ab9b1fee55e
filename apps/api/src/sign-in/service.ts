import type { LoginByWeixinRequest } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import type { Caller } from '../audit/caller.ts'
import { hasErrno } from '../errors/business-error.ts'
import type { AttemptSignIn, SignedIn, WriteSignIn } from './attempt.ts'
import { newProfile } from './new-profile.ts'
import { createSingleFlight } from './single-flight.ts'

type Deps = { attempt: AttemptSignIn; signIn: WriteSignIn }

export type Login = {
  /** Rejects with the `BusinessError` that the user is to see. */
  loginByWeixin(request: LoginByWeixinRequest, caller: Caller): Promise<SignedIn>
}

export const createLogin = ({ attempt, signIn }: Deps): Login => {
  const share = createSingleFlight<SignedIn>({ isSpentBy })

  return {
    async loginByWeixin(request, caller) {
      const profile = newProfile(request.userInfo)
      return share({ appId: caller.appId, ...request }, () =>
        attempt({ request, profile, caller }, async () => signIn),
      )
    },
  }
}

/** Whether a code of `wx.login` is worth nothing after this failure. */
export const isSpentBy = (error: unknown): boolean => hasErrno(error, ERRNO.WX_CODE_INVALID)
