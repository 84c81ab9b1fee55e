import type { UserEncryptKey } from '../platform/user-encrypt-keys.ts'
import { authorize } from './authorize.ts'
import type { Endpoint } from './endpoint.ts'
import { requireSignature } from './session-key.ts'

const PATH = '/wxa/business/getuserencryptkey'

/** The last three keys of a person. https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/internet/api_getuserencryptkey */
export const getUserEncryptKey: Endpoint = {
  method: 'POST',
  alsoGet: true,
  path: PATH,
  handle: (request, platform) => {
    const call = authorize(PATH, request, platform)
    const { person } = requireSignature(call, 87007)
    const now = platform.clock.now()

    return {
      errcode: 0,
      errmsg: 'ok',
      key_info_list: platform.userEncryptKeys
        .recent(call.app.appid, person.name)
        .map((key) => toKeyInfo(key, now)),
    }
  },
}

const toKeyInfo = (
  { encryptKey, iv, version, createdAt, expiresAt }: UserEncryptKey,
  now: number,
) => ({
  encrypt_key: encryptKey,
  version,
  expire_in: Math.max(0, Math.ceil((expiresAt - now) / 1000)),
  iv,
  create_time: Math.floor(createdAt / 1000),
})
