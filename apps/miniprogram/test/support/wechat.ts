import { request as httpRequest } from 'node:http'
import type { Listener, Options, State } from './wechat-state'
import { createState } from './wechat-state'

const KEY_LIMIT = 1024 * 1024
const CONTRACT = '《会议OA隐私保护指引》'

/** The part of `wx` that the mini-program uses, with its late callbacks, copies and limits. */
export const createWechat = () => {
  const state = createState()

  return {
    state,
    wx: {
      ...account(state),
      ...storage(state),
      ...screen(state),
      ...events(state),
      request: request(state),
      uploadFile: uploadFile(state),
    },
    emit(event: string, ...values: unknown[]) {
      for (const listener of state.listeners.get(event) ?? []) listener(...(values as never[]))
    },
  }
}

export type Wechat = ReturnType<typeof createWechat>

/** WeChat calls back in a later turn of the event loop, never inside the call. */
const later = (callback: unknown, value: unknown = {}) => {
  if (typeof callback === 'function') setImmediate(() => callback(value))
}

const account = (state: State) => ({
  canIUse: () => state.canUse,
  getAccountInfoSync: () => ({
    miniProgram: { appId: state.appId, envVersion: state.env, version: state.version },
  }),
  getAppBaseInfo: () => ({
    language: state.language,
    theme: state.theme,
    fontSizeScaleFactor: state.scale,
    SDKVersion: state.sdkVersion,
  }),
  getDeviceInfo: () => ({ model: state.model }),
  getExtConfigSync: () => ({}),
  getRandomValues({ length, success, fail }: Options) {
    if (state.hasRandom) later(success, { randomValues: new Uint8Array(length).fill(7).buffer })
    else later(fail, { errMsg: 'getRandomValues:fail' })
  },
  login({ success, fail }: Options) {
    state.logins += 1
    if (state.login === 'ok') later(success, { code: `code-${state.logins}`, errMsg: 'login:ok' })
    if (state.login === 'fail') later(fail, { errMsg: 'login:fail' })
  },
  requestSubscribeMessage({ tmplIds, success, fail }: Options) {
    state.subscribed.push(tmplIds)
    const { subscribe: answer } = state
    if (typeof answer === 'number') {
      later(fail, { errMsg: 'requestSubscribeMessage:fail', errCode: answer })
    } else {
      const answers = Object.fromEntries(tmplIds.map((id: string) => [id, answer]))
      later(success, { errMsg: 'requestSubscribeMessage:ok', ...answers })
    }
  },
  getSetting({ withSubscriptions, success, fail }: Options) {
    const { subscriptions } = state
    if (subscriptions === null) later(fail, { errMsg: 'getSetting:fail' })
    else {
      const more = withSubscriptions ? { subscriptionsSetting: subscriptions } : {}
      later(success, { authSetting: {}, ...more })
    }
  },
  openSetting({ success, fail }: Options) {
    state.moves.push('openSetting')
    if (state.subscriptions === null) later(fail, { errMsg: 'openSetting:fail' })
    else later(success, { authSetting: {} })
  },
  checkSession({ success, fail }: Options) {
    if (state.key === 'alive') later(success, { errMsg: 'checkSession:ok' })
    if (state.key === 'dead') later(fail, { errMsg: 'checkSession:fail session time out' })
  },
})

const storage = (state: State) => {
  const check = () => {
    if (state.isStorageBroken) throw new Error('storage:fail')
  }

  return {
    getStorageSync(key: string) {
      check()
      const text = state.storage.get(key)
      return text === undefined ? '' : JSON.parse(text)
    },
    setStorageSync(key: string, value: unknown) {
      check()
      const text = JSON.stringify(value) ?? '""'
      if (state.isStorageFull || text.length > KEY_LIMIT)
        throw new Error('setStorage:fail exceed limit')
      state.storage.set(key, text)
    },
    getStorageInfoSync() {
      check()
      return { keys: [...state.storage.keys()] }
    },
    removeStorageSync(key: string) {
      check()
      state.storage.delete(key)
    },
  }
}

const screen = (state: State) => {
  const move = (name: string) => (options?: Options) => {
    state.moves.push([name, options?.url].filter(Boolean).join(' '))
    state.openerEvents = options?.events ?? {}
    state.openedEvents = {}
    const emit = (event: string, value: unknown) => {
      state.openedEvents[event] = structuredClone(value)
    }
    later(options?.success, { eventChannel: { emit } })
  }

  return {
    navigateTo: move('navigateTo'),
    navigateBack: move('navigateBack'),
    switchTab: move('switchTab'),
    redirectTo: move('redirectTo'),
    pageScrollTo: () => undefined,
    setNavigationBarTitle: ({ title }: Options) => {
      state.title = title
    },
    setTabBarItem({ index, text, success }: Options) {
      state.tabs[index] = text
      later(success)
    },
    setTabBarBadge({ index, text }: Options) {
      state.badges[index] = text
    },
    removeTabBarBadge({ index }: Options) {
      delete state.badges[index]
    },
    showActionSheet({ itemList, success, fail }: Options) {
      state.sheets.push(itemList)
      if (state.sheetIndex === undefined) later(fail, { errMsg: 'showActionSheet:fail cancel' })
      else later(success, { tapIndex: state.sheetIndex })
    },
    stopPullDownRefresh: move('stopPullDownRefresh'),
    openPrivacyContract: move('openPrivacyContract'),
    getPrivacySetting: ({ success }: Options) =>
      later(success, { needAuthorization: state.needsConsent, privacyContractName: CONTRACT }),
    showToast: ({ title }: Options) => {
      state.toasts.push(title)
    },
    scanCode({ success, fail, ...options }: Options) {
      state.scans.push(options)
      if (state.scan === null) later(fail, { errMsg: 'scanCode:fail cancel' })
      else if (state.scan === undefined) later(fail, { errMsg: 'scanCode:fail auth deny' })
      else later(success, { result: state.scan, scanType: 'QR_CODE' })
    },
    setKeepScreenOn({ keepScreenOn }: Options) {
      state.keepsScreenOn = keepScreenOn
    },
    setClipboardData({ data, success, fail }: Options) {
      const { clipboardErrno: errno } = state
      if (errno !== undefined) later(fail, { errMsg: 'setClipboardData:fail', errno })
      else {
        state.clipboard = data
        later(success)
      }
    },
    showModal({ success, fail, ...shown }: Options) {
      const buttons = [shown.confirmText, shown.cancelText]
      if (buttons.some((text = '') => Array.from(text).length > 4)) {
        later(fail, { errMsg: 'showModal:fail confirmText length should not larger than 4' })
        return
      }
      state.modals.push(shown.title)
      state.modal = shown
      const content = shown.editable === true ? state.modalText : null
      later(success, { confirm: state.modalAnswer, cancel: !state.modalAnswer, content })
    },
  }
}

const events = (state: State) => {
  const on = (event: string) => (listener: Listener) => {
    state.listeners.set(event, (state.listeners.get(event) ?? new Set()).add(listener))
  }

  return {
    getNetworkType: ({ success }: Options) =>
      later(success, { networkType: state.isOnline ? 'wifi' : 'none' }),
    onNetworkStatusChange: on('network'),
    offNetworkStatusChange: (listener: Listener) =>
      state.listeners.get('network')?.delete(listener),
    onNeedPrivacyAuthorization: on('privacy'),
    getUpdateManager: () => ({
      onUpdateReady: on('updateReady'),
      onUpdateFailed: on('updateFailed'),
      applyUpdate: () => {
        state.isUpdateApplied = true
      },
    }),
  }
}

/** Uses a real socket. The data of a GET is its query. Any HTTP status calls `success`; a body that is no JSON stays text. */
const request = (state: State) => (options: Options) => {
  state.requests += 1
  const isQuery = options.method === 'GET' && options.data !== undefined
  const body = isQuery || options.data === undefined ? undefined : JSON.stringify(options.data)
  const query = isQuery ? `?${new URLSearchParams(options.data)}` : ''
  const outgoing = httpRequest(options.url + query, {
    method: options.method,
    timeout: options.timeout,
    headers: { 'content-type': 'application/json', ...options.header },
  })
  outgoing.on('response', async (response) => {
    let text = ''
    for await (const chunk of response) text += chunk
    options.success({
      statusCode: response.statusCode,
      header: rawHeaders(response.rawHeaders),
      data: parse(text),
    })
  })
  outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
  outgoing.on('error', ({ message }) => options.fail({ errMsg: `request:fail ${message}` }))
  outgoing.end(body)

  return { abort: () => outgoing.destroy(new Error('abort')) }
}

/** The body goes as it would, but for the bytes of the file; the answer is text without headers. */
const uploadFile = (state: State) => (options: Options) => {
  state.uploads.push(options)
  if (state.uploadFails !== undefined) {
    later(options.fail, { errMsg: state.uploadFails })
    return { abort: () => undefined }
  }
  const outgoing = httpRequest(options.url, { method: 'POST', headers: options.header })
  outgoing.on('response', async (response) => {
    let data = ''
    for await (const chunk of response) data += chunk
    options.success({ statusCode: response.statusCode, data })
  })
  outgoing.on('error', ({ message }) => options.fail({ errMsg: `uploadFile:fail ${message}` }))
  outgoing.end()

  return { abort: () => outgoing.destroy(new Error('abort')) }
}

const rawHeaders = (raw: string[]) =>
  Object.fromEntries(raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1]]] : [])))

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
