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
  appId: 'wx1b2c3d4e5f607182',
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
  /** The errMsg with which `wx.uploadFile` fails before it sends anything; `undefined` lets it send. */
  uploadFails: undefined as string | undefined,
  storage: new Map<string, string>(),
  isStorageFull: false,
  isStorageBroken: false,
  modalAnswer: true,
  /** What the user types into a dialog that asks for a text. */
  modalText: '',
  /** Which line of an action sheet the user taps; `undefined` closes it. */
  sheetIndex: 0 as number | undefined,
  sheets: [] as string[][],
  modals: [] as string[],
  /** The options of the last dialog. */
  modal: {} as Options,
  /** What the user answers to `wx.requestSubscribeMessage`; a number is the errCode with which it fails. */
  subscribe: 'accept' as string | number,
  /** The templates of each `wx.requestSubscribeMessage`. */
  subscribed: [] as string[][],
  /** What `wx.getSetting` says of subscriptions; null fails. */
  subscriptions: { mainSwitch: true } as Options | null,
  /** What the camera sees; `null` when the user closes the scanner, `undefined` without a camera. */
  scan: '' as string | null | undefined,
  /** The options of each `wx.scanCode`. */
  scans: [] as Options[],
  keepsScreenOn: false,
  clipboard: '',
  /** The errno with which copying fails; `undefined` lets it succeed. */
  clipboardErrno: undefined as number | undefined,
  toasts: [] as string[],
  title: '',
  tabs: ['首页', '会议', '投票', '我的'],
  badges: {} as Record<number, string>,
  /** Navigation in order, e.g. `navigateTo /pages/…`. */
  moves: [] as string[],
  /** Listeners that the last navigation registered for events of the opened page. */
  openerEvents: {} as Record<string, (value: unknown) => void>,
  /** What the last navigation told the opened page, by event. */
  openedEvents: {} as Record<string, unknown>,
  isUpdateApplied: false,
  listeners: new Map<string, Set<Listener>>(),
})
export type State = ReturnType<typeof createState>
