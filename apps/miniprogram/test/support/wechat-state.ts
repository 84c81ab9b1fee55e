export type Options = WechatMiniprogram.IAnyObject
export type Listener = (...values: never[]) => void

/** What a test may set, and what it finds afterwards. */
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
  /** What `wx.login` does: a code, a failure, or nothing at all. */
  login: 'ok' as 'ok' | 'fail' | 'silent',
  logins: 0,
  requests: 0,
  storage: new Map<string, string>(),
  isStorageFull: false,
  isStorageBroken: false,
  modalAnswer: true,
  modals: [] as string[],
  /** What the last dialog looked like. */
  modal: {} as Options,
  clipboard: '',
  /** The number of the failure that copying ends with. */
  clipboardErrno: undefined as number | undefined,
  toasts: [] as string[],
  tabs: ['首页', '我的'],
  /** `navigateTo /pages/…`, in the order they happened. */
  moves: [] as string[],
  /** What the page that moved last wants to hear from the one that it opened. */
  openerEvents: {} as Record<string, (value: unknown) => void>,
  isUpdateApplied: false,
  listeners: new Map<string, Set<Listener>>(),
})
export type State = ReturnType<typeof createState>
