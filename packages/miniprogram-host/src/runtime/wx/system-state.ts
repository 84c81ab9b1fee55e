import type { RuntimeOptions } from '../runtime-options.ts'

/** The state of the phone and of WeChat, which tests can change. */
export interface SystemState {
  theme: 'light' | 'dark'
  fontSizeSetting: number
  networkType: string
  /** Milliseconds before each request is sent. */
  networkDelay: number
  authSetting: Record<string, boolean>
  info(): Record<string, unknown>
}

const DEVICE = {
  brand: 'devtools',
  model: 'iPhone X',
  pixelRatio: 3,
  screenWidth: 375,
  screenHeight: 812,
  windowWidth: 375,
  windowHeight: 724,
  screenTop: 88,
  statusBarHeight: 44,
  language: 'zh_CN',
  version: '8.0.50',
  system: 'iOS 17.0',
  platform: 'devtools',
  benchmarkLevel: 1,
  deviceOrientation: 'portrait',
  enableDebug: false,
  bluetoothEnabled: true,
  locationEnabled: true,
  wifiEnabled: true,
  cameraAuthorized: true,
  locationAuthorized: true,
  notificationAuthorized: true,
  safeArea: { left: 0, right: 375, top: 44, bottom: 778, width: 375, height: 734 },
  host: { appId: '', env: 'WeChat', version: 0 },
}

export const createSystemState = (sdkVersion: string, start: RuntimeOptions): SystemState => {
  const state: SystemState = {
    theme: start.theme,
    fontSizeSetting: start.fontSizeSetting,
    networkType: start.networkType,
    networkDelay: start.networkDelay,
    authSetting: {},
    info: () => ({
      ...DEVICE,
      SDKVersion: sdkVersion,
      theme: state.theme,
      fontSizeSetting: state.fontSizeSetting,
      fontSizeScaleFactor: state.fontSizeSetting / 16,
      ...start.systemInfo,
    }),
  }
  return state
}
