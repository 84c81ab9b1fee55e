import { record } from '../plain.ts'
import { hasCallbacks, notify } from './api.ts'
import type { Area } from './area.ts'

/** Information about phone, window and WeChat. */
export const systemApi: Area = ({ system, environment, router, options, errors }, api) => {
  const pick =
    (...names: string[]) =>
    (): Record<string, unknown> => {
      const info = system.info()
      return Object.fromEntries(names.map((name) => [name, info[name]]))
    }
  const all = () => ({ ...system.info() })
  return {
    getSystemInfoSync: all,
    // Unlike other functions it calls back before it returns; apps rely on it in onLaunch.
    getSystemInfo: (given?: unknown) => {
      const asked = record(given)
      const result = { errMsg: 'getSystemInfo:ok', ...all() }
      if (!hasCallbacks(asked)) return Promise.resolve(result)
      notify(asked, 'success', result, errors.report)
      return undefined
    },
    getSystemInfoAsync: api('getSystemInfoAsync', all),
    getWindowInfo: pick(
      'pixelRatio',
      'screenWidth',
      'screenHeight',
      'windowWidth',
      'windowHeight',
      'statusBarHeight',
      'safeArea',
      'screenTop',
    ),
    getDeviceInfo: pick('brand', 'model', 'system', 'platform', 'benchmarkLevel'),
    getAppBaseInfo: pick(
      'SDKVersion',
      'enableDebug',
      'host',
      'language',
      'version',
      'theme',
      'fontSizeSetting',
      'fontSizeScaleFactor',
    ),
    getSystemSetting: pick(
      'bluetoothEnabled',
      'locationEnabled',
      'wifiEnabled',
      'deviceOrientation',
    ),
    getAppAuthorizeSetting: pick(
      'cameraAuthorized',
      'locationAuthorized',
      'notificationAuthorized',
    ),
    getMenuButtonBoundingClientRect: () => ({
      top: 48,
      left: 281,
      right: 368,
      bottom: 80,
      width: 87,
      height: 32,
    }),
    getExtConfigSync: () => ({ ...options.extConfig }),
    getExtConfig: api('getExtConfig', () => ({ extConfig: { ...options.extConfig } })),
    getSkylineInfoSync: () => ({ isSupported: false, version: '', reason: 'miniprogram-host' }),
    getRendererUserAgent: api('getRendererUserAgent', () => ({ userAgent: 'miniprogram-host' })),
    setVisualEffectOnCapture: api('setVisualEffectOnCapture', () => undefined),
    getPerformance: () => ({
      now: () => environment.now(),
      getEntries: () => [],
      mark: () => undefined,
    }),
    createMediaQueryObserver: () => {
      const create = router.top()?.instance.createMediaQueryObserver
      if (typeof create !== 'function')
        throw new Error('wx.createMediaQueryObserver: no page is open')
      return create.call(router.top()?.instance)
    },
  }
}
