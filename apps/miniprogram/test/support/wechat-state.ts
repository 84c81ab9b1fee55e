export type Options = WechatMiniprogram.IAnyObject
export type Listener = (...values: never[]) => void

/** What a test sets, and what it reads afterwards. */
export const createState = () => ({
  env: 'develop' as string | undefined,
  language: 'zh_CN',
  theme: 'light',
  scale: 1 as number | undefined,
  model: 'iPhone 15 Pro<iPhone16,1>',
  version: '1.2.3',
  sdkVersion: '3.8.0' as string | undefined,
  needsConsent: true,
  isOnline: true,
  hasRandom: true,
  canUse: true,
  /** Whether `wx.login` gives a code, fails, or never calls back. */
  login: 'ok' as 'ok' | 'fail' | 'silent',
  /** Whether WeChat still accepts the session_key, or never calls back. */
  key: 'alive' as 'alive' | 'dead' | 'silent',
  logins: 0,
  requests: 0,
  /** The options of each `wx.uploadFile`. */
  uploads: [] as Options[],
  storage: new Map<string, string>(),
  isStorageFull: false,
  isStorageBroken: false,
  modalAnswer: true,
  modals: [] as string[],
  /** The options of the last dialog. */
  modal: {} as Options,
  clipboard: '',
  /** The errno with which copying fails; `undefined` lets it succeed. */
  clipboardErrno: undefined as number | undefined,
  toasts: [] as string[],
  tabs: ['首页', '我的'],
  /** Navigation in order, e.g. `navigateTo /pages/…`. */
  moves: [] as string[],
  /** Listeners that the last navigation registered for events of the opened page. */
  openerEvents: {} as Record<string, (value: unknown) => void>,
  isUpdateApplied: false,
  listeners: new Map<string, Set<Listener>>(),
})
export type State = ReturnType<typeof createState>
