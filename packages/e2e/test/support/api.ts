import type { Control } from '@oa/wechat-simulator/control'
import { APP_ID } from './project.ts'

export interface Answer<Data> {
  status: number
  errno: number
  errmsg: string
  data: Data
}

export interface Profile {
  userInfo: { nickName: string; avatarUrl: string }
  mobile: string | null
  deviceCount: number
}

export interface OwnProfile {
  nickName: string
  avatarUrl: string
  gender: number
  birthday: string | null
  version: string
  pictureState: string
}

export interface OwnData {
  account: {
    publicId: string
    openid: string
    nickName: string
    phone: string | null
    invited: boolean
  }
  sessions: SessionEntry[]
  events: { kind: string }[]
  agreements: { version: string; agreedAt: string }[]
}

export interface Consents {
  templates: { kind: string; id: string; left: number }[]
}

export interface SessionEntry {
  id: string
  deviceName: string
  current: boolean
}

/** Asks the API by plain HTTP, without the mini-program, what really happened. */
export const createApi = (url: string, wechat: Control) => {
  const call = async <Data>(
    method: string,
    path: string,
    { token, body }: { token?: string; body?: object } = {},
  ): Promise<Answer<Data>> => {
    const headers = new Headers()
    const init: RequestInit = { method, headers }
    if (token) headers.set('x-oa-token', token)
    if (body) {
      headers.set('content-type', 'application/json')
      init.body = JSON.stringify(body)
    }
    const response = await fetch(url + path, init)
    // The shape of an answer is checked by what the tests expect of it.
    const { errno, errmsg, data } = (await response.json()) as Omit<Answer<Data>, 'status'>

    return { status: response.status, errno, errmsg, data }
  }
  const profile = (token: string) => call<Profile>('GET', '/wx/user/index', { token })
  const sessions = (token: string) =>
    call<{ sessions: SessionEntry[]; newDevices: { deviceName: string }[] }>(
      'GET',
      '/wx/auth/sessions',
      { token },
    )

  const ownProfile = (token: string) => call<OwnProfile>('GET', '/wx/user/profile', { token })

  return {
    call,
    profile,
    /** How many reminders are left of a template. */
    async remindersLeft(token: string, templateId: string): Promise<number | undefined> {
      const { data } = await call<Consents>('GET', '/wx/notice/consents', { token })
      return data.templates.find(({ id }) => id === templateId)?.left
    },
    ownProfile,
    /** Edits what the profile is now, as a second device would. */
    async editProfile(token: string, edit: object) {
      const { version } = (await ownProfile(token)).data
      return call('POST', '/wx/user/profile', { token, body: { version, ...edit } })
    },
    sessions,
    ownData: (token: string) => call<OwnData>('GET', '/wx/user/data', { token }),
    closeAccount: (token: string, body: object) =>
      call('POST', '/wx/user/close_account', { token, body }),
    logout: (token: string) => call('POST', '/wx/auth/logout', { token, body: {} }),
    logoutAll: (token: string) =>
      call<{ ended: number }>('POST', '/wx/auth/logout_all', { token, body: {} }),
    /** Binds the phone number of the user with this token, as a second device would. */
    async bindPhone(person: string, token: string) {
      const { code = '' } = await wechat.phoneCode({ appid: APP_ID, person })
      return call<{ mobile: string }>('POST', '/wx/auth/bind_phone', { token, body: { code } })
    },
    share: (token: string) => call<{ shareId: string }>('GET', '/wx/user/share', { token }),
    /** Signs the user in by this code of a phone number. */
    async signInByPhone(person: string, phoneCode: string) {
      const { code } = await wechat.login({ appid: APP_ID, person })
      return call('POST', '/wx/auth/login_by_phone', { body: { code, phoneCode } })
    },
    /** Signs the user in on a second device, and resolves with its token. */
    async signInElsewhere(person: string, rest: object = {}): Promise<string> {
      await wechat.createPerson({ name: person })
      const { code } = await wechat.login({ appid: APP_ID, person })
      const answer = await call<{ token: string }>('POST', '/wx/auth/login_by_weixin', {
        body: { code, deviceId: `tablet-of-${person}`, deviceName: 'Tablet', ...rest },
      })
      if (answer.errno !== 0) throw new Error(`${person}: ${JSON.stringify(answer)}`)

      return answer.data.token
    },
  }
}

export type Api = ReturnType<typeof createApi>
