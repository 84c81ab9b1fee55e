import type {
  BindPhoneRequest,
  BindPhoneResult,
  LoginByPhoneRequest,
  LoginByPhoneResult,
  UserIndexResult,
} from '@oa/contracts'
import type { TestApi } from './start-test-api.ts'
import { TEST_APP } from './start-test-api.ts'

/** How WeChat fails when it is asked for a number, and what the user is answered then. */
export const PHONE_FAULTS = [
  [
    { errcode: -1, times: 2 },
    { status: 503, errno: 702 },
  ],
  [{ errcode: 45011 }, { status: 429, errno: 706 }],
  [{ errcode: 45009 }, { status: 429, errno: 717 }],
  [{ html: true }, { status: 503, errno: 702 }],
  [{ stallAfterConsuming: true }, { status: 503, errno: 702 }],
] as const

type Signing = Pick<TestApi, 'call' | 'codeOf' | 'simulator'> & {
  signIn(person: string): Promise<{ token: string }>
}

/** The phone number button of the mini-program, and the routes that take and show its result. */
export const phoneTools = (api: Signing) => {
  const { control } = api.simulator
  const { appid } = TEST_APP
  const tap = async (person: string) => {
    const { code = '', encryptedData = '', iv = '' } = await control.phoneCode({ appid, person })
    return { code, encryptedData, iv }
  }
  const bind = (token: string, body: BindPhoneRequest) =>
    api.call<BindPhoneResult>('/wx/auth/bind_phone', { method: 'POST', token, body })
  const loginByPhone = (body: LoginByPhoneRequest) =>
    api.call<LoginByPhoneResult>('/wx/auth/login_by_phone', { method: 'POST', body })
  return {
    loginByPhone,
    /** Signs a person in with new codes of both kinds, or with what `rest` has in their place. */
    signInByPhone: async (person: string, rest: Partial<LoginByPhoneRequest> = {}) =>
      loginByPhone({
        code: await api.codeOf(person),
        phoneCode: (await tap(person)).code,
        ...rest,
      }),
    /** Gives the person this number at WeChat and signs in; resolves to the token. */
    async signInWithPhone(person: string, phone: string, countryCode = '86') {
      await control.createPerson({ name: person, phone, countryCode })
      return (await api.signIn(person)).token
    },
    tap,
    bind,
    bindByCode: async (token: string, person: string) =>
      bind(token, { code: (await tap(person)).code }),
    mobileOf: async (token: string) =>
      (await api.call<UserIndexResult>('/wx/user/index', { token })).data.mobile,
    paidCalls: async () =>
      (await control.calls({ path: '/wxa/business/getuserphonenumber' })).length,
  }
}
