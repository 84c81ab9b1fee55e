/** Origin of an API without a trailing slash, e.g. `https://oa.example.com`. */
export type ApiBase = string
export type EnvVersion = 'develop' | 'trial' | 'release'

/** Set your own hosts here. WeChat must know them as request domains (request 合法域名). */
const BASES: Record<EnvVersion, ApiBase> = {
  develop: 'http://127.0.0.1:3000',
  trial: 'https://oa-trial.example.com',
  release: 'https://oa.example.com',
}

/** Storage key of another base for developers and tests: `wx.setStorageSync('apiBase', …)`. */
const OVERRIDE_KEY = 'apiBase'
const ORIGIN = /^https?:\/\/[^/?#@\s]+$/

/** DevTools without an appid says `touristappid`. */
const APP_ID = /^wx[0-9a-f]{16}$/

let known: EnvVersion | undefined

/**
 * Which build this is; `release`, the strictest, when WeChat does not say.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
 */
export const envVersion = (): EnvVersion => {
  if (!known) known = askEnvVersion()

  return known
}

/** The appid of this mini-program; undefined where WeChat says none. */
export const ownAppId = (): string | undefined => {
  try {
    const { appId } = wx.getAccountInfoSync().miniProgram
    return APP_ID.test(appId) ? appId : undefined
  } catch {
    return undefined
  }
}

/** The API of this build. Only develop and trial builds can override it. */
export const apiBase = (): ApiBase => {
  const env = envVersion()

  return (env !== 'release' && override()) || BASES[env]
}

const askEnvVersion = (): EnvVersion => {
  try {
    return wx.getAccountInfoSync().miniProgram.envVersion || 'release'
  } catch {
    return 'release'
  }
}

const override = (): ApiBase | undefined =>
  [fromApp, fromStorage, fromExtConfig].map(attempt).find((base) => base !== undefined)

const attempt = (source: () => unknown): ApiBase | undefined => {
  try {
    const base = source()
    return typeof base === 'string' && ORIGIN.test(base) ? base : undefined
  } catch {
    return undefined
  }
}

const fromApp = () => getApp<IAppOption>().globalData.apiBase
const fromStorage = (): unknown => wx.getStorageSync(OVERRIDE_KEY)
const fromExtConfig = () => wx.getExtConfigSync()[OVERRIDE_KEY]
