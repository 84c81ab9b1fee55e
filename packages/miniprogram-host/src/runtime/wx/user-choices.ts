import type { ApiOptions } from './api.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { encodeUtf8, toBase64 } from './file-store.ts'
import { askForScope } from './scopes.ts'

/** A place and an address for apps that ask for one: WeChat's headquarters in Guangzhou. */
const PLACE = {
  name: 'T.I.T 创意园',
  address: '广东省广州市海珠区新港中路 397 号',
  latitude: 23.09994,
  longitude: 113.32452,
}
const ADDRESS = {
  userName: '张三',
  postalCode: '510000',
  provinceName: '广东省',
  cityName: '广州市',
  countyName: '海珠区',
  streetName: '',
  detailInfo: '新港中路 397 号',
  detailInfoNew: '新港中路 397 号',
  nationalCode: '510105',
  telNumber: '020-81167888',
}

/**
 * Functions in which WeChat asks the user for something, or leaves the mini-program. Here a dialog
 * takes its place; nothing is charged, opened or located.
 */
export const userChoicesApi: Area = (runtime, api) => ({
  requestPayment: api('requestPayment', async (options) => {
    for (const name of ['timeStamp', 'nonceStr', 'package', 'paySign']) {
      if (typeof options[name] !== 'string' || options[name] === '') {
        throw failure(`parameter error: parameter.${name} should be String`)
      }
    }
    await confirm(runtime, '微信支付', '这里不会扣款。', '支付')
  }),
  chooseAddress: api('chooseAddress', async () => {
    await allowed(runtime, 'chooseAddress')
    const { userName, detailInfo } = ADDRESS
    await confirm(runtime, '选择收货地址', `${userName}，${detailInfo}`, '选择')
    return { ...ADDRESS }
  }),
  chooseLocation: api('chooseLocation', async () => {
    await allowed(runtime, 'chooseLocation')
    await confirm(runtime, '选择位置', `${PLACE.name}\n${PLACE.address}`, '选择')
    return { ...PLACE }
  }),
  getLocation: api('getLocation', async () => located(runtime, 'getLocation')),
  getFuzzyLocation: api('getFuzzyLocation', async () => located(runtime, 'getFuzzyLocation')),
  openLocation: api('openLocation', async ({ name = '', address = '' }) => {
    await tell(runtime, String(name || '查看位置'), String(address))
  }),
  navigateToMiniProgram: api('navigateToMiniProgram', async ({ appId, shortLink }) => {
    const target = String(appId ?? shortLink ?? '')
    if (target === '') throw failure('missing appId or shortLink')
    await confirm(runtime, '即将打开另一个小程序', target, '允许')
  }),
  openDocument: api('openDocument', async ({ filePath }) => {
    const path = String(filePath ?? '')
    if (!(await runtime.files.load(path))) throw failure("filePath doesn't exist")
    await tell(runtime, '打开文档', path)
  }),
  chooseMessageFile: api('chooseMessageFile', (options) => chooseFile(runtime, options)),
})

const located = async (runtime: WxRuntime, name: string) => {
  await allowed(runtime, name)
  const scope = name === 'getLocation' ? 'scope.userLocation' : 'scope.userFuzzyLocation'
  if (!(await askForScope(runtime, scope))) throw failure('auth deny')
  const { latitude, longitude } = PLACE
  const exact = { speed: -1, accuracy: 65, altitude: 0, verticalAccuracy: 65 }
  return { latitude, longitude, ...exact, horizontalAccuracy: 65 }
}

const chooseFile = async ({ ui, files, environment }: WxRuntime, { type }: ApiOptions) => {
  const chosen = await ui.ask<boolean | { name: string; base64: string }>('file', {
    title: '从聊天中选择文件',
  })
  if (!chosen) throw failure('cancel')
  const { name, base64 } =
    chosen === true ? { name: '文件.txt', base64: toBase64(encodeUtf8('文件')) } : chosen
  const path = files.addTemporary(base64, name.split('.').at(-1) ?? 'bin')
  const size = files.files.get(path)?.length ?? 0
  const time = Math.floor(environment.now() / 1000)
  const kind = typeof type === 'string' && type !== 'all' ? type : 'file'
  return { tempFiles: [{ path, name, size, time, type: kind }] }
}

/** Throws when the user has not consented to the privacy agreement. */
const allowed = async ({ privacy }: WxRuntime, name: string): Promise<void> => {
  const refused = await privacy.refusal(name)
  if (refused) throw failure(refused.errMsg.replace(`${name}:fail `, ''), refused.errno)
}

/** Asks the user; throws WeChat's failure for a refusal. */
const confirm = async (
  { ui }: WxRuntime,
  title: string,
  content: string,
  confirmText: string,
): Promise<void> => {
  const shown = { title, content, confirmText, cancelText: '取消', showCancel: true }
  const reply = await ui.ask<{ confirm: boolean }>('modal', shown)
  if (!reply.confirm) throw failure('cancel')
}

const tell = async ({ ui }: WxRuntime, title: string, content: string): Promise<void> => {
  await ui.ask('modal', { title, content, confirmText: '返回', showCancel: false })
}
