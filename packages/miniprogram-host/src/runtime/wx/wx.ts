import { absentFunction } from './absent.ts'
import { accountApi } from './account.ts'
import type { ApiOptions } from './api.ts'
import { asyncApi } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { canIUse } from './can-i-use.ts'
import { canvasApi } from './canvas.ts'
import { createCloud } from './cloud.ts'
import { deviceApi } from './device.ts'
import { fileApi } from './files.ts'
import { KNOWN_WX_METHODS } from './known-methods.ts'
import { lifecycleApi } from './lifecycle.ts'
import { mediaApi } from './media.ts'
import { navigationApi } from './navigation.ts'
import { networkApi } from './network.ts'
import { privacyApi } from './privacy.ts'
import { scanApi } from './scan.ts'
import { socketApi } from './sockets.ts'
import { storageApi } from './storage.ts'
import { subscribeApi } from './subscribe.ts'
import { systemApi } from './system.ts'
import { uiApi } from './ui.ts'
import { userChoicesApi } from './user-choices.ts'
import { worklet } from './worklet.ts'

const AREAS: Area[] = [
  accountApi,
  canvasApi,
  deviceApi,
  fileApi,
  lifecycleApi,
  mediaApi,
  navigationApi,
  networkApi,
  privacyApi,
  socketApi,
  storageApi,
  subscribeApi,
  systemApi,
  uiApi,
  userChoicesApi,
  scanApi,
]

/**
 * Creates the `wx` object. A function of WeChat that this host lacks warns and fails; a name unknown
 * to WeChat is undefined, as in WeChat.
 */
export const createWx = (runtime: WxRuntime): Record<string, unknown> => {
  const api = (name: string, implement: (options: ApiOptions) => unknown) =>
    asyncApi(name, implement, runtime.errors.report)
  const wx: Record<string, unknown> = Object.assign({}, ...AREAS.map((area) => area(runtime, api)))
  const implemented = new Set(Object.keys(wx))
  wx.canIUse = (schema: unknown) => canIUse(String(schema), implemented)
  wx.cloud = createCloud(runtime)
  wx.worklet = worklet
  for (const name of KNOWN_WX_METHODS) wx[name] ??= absentFunction(name, runtime, api)
  return wx
}
