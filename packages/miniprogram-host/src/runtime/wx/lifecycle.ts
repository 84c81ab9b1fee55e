import type { Area } from './area.ts'

const EVENTS = [
  'AppShow',
  'AppHide',
  'Error',
  'PageNotFound',
  'UnhandledRejection',
  'NetworkStatusChange',
  'NetworkWeakChange',
  'NeedPrivacyAuthorization',
  'ThemeChange',
  'MemoryWarning',
  'WindowResize',
  'KeyboardHeightChange',
  'UserCaptureScreen',
  'LazyLoadError',
  'AudioInterruptionBegin',
  'AudioInterruptionEnd',
]

/** App events, launch options, updates and logs. */
export const lifecycleApi: Area = ({ listeners, app, environment }, api) => ({
  ...Object.fromEntries(
    EVENTS.flatMap((event) => [
      [`on${event}`, (listener: unknown) => listeners.add(event, listener)],
      [`off${event}`, (listener?: unknown) => listeners.remove(event, listener)],
    ]),
  ),
  getLaunchOptionsSync: () => ({ ...app.launch }),
  getEnterOptionsSync: () => ({ ...app.launch }),
  exitMiniProgram: api('exitMiniProgram', () => listeners.call('AppHide', {})),
  getUpdateManager: () => ({
    onCheckForUpdate: (listener: (result: unknown) => void) => {
      environment.setTimeout(() => listener({ hasUpdate: false }), 0)
    },
    onUpdateReady: (listener: unknown) => listeners.add('UpdateReady', listener),
    onUpdateFailed: (listener: unknown) => listeners.add('UpdateFailed', listener),
    applyUpdate: () => environment.emit('Host.updateApplied', {}),
  }),
  getLogManager: () => logger(['debug', 'info', 'log', 'warn']),
  getRealtimeLogManager: () =>
    logger(['info', 'warn', 'error', 'setFilterMsg', 'addFilterMsg', 'in', 'tag']),
  reportEvent: () => undefined,
  reportAnalytics: () => undefined,
  reportMonitor: () => undefined,
  reportPerformance: () => undefined,
})

/** A log manager; WeChat uploads its entries, this host discards them. */
const logger = (methods: string[]): Record<string, () => void> =>
  Object.fromEntries(methods.map((name) => [name, () => undefined]))
