/** Origin of an API without a trailing slash, e.g. `https://oa.example.com`. */
export type ApiBase = string
export type EnvVersion = 'develop' | 'trial' | 'release'

/** Deployments set their own hosts here; they must be on the mini-program's list of request domains. */
const BASES: Record<EnvVersion, ApiBase> = {
  develop: 'http://127.0.0.1:3000',
  trial: 'https://oa-trial.example.com',
  release: 'https://oa.example.com',
}

/** Where a developer or a test may leave another base: `wx.setStorageSync('apiBase', …)`. */
const OVERRIDE_KEY = 'apiBase'
const ORIGIN = /^https?:\/\/[^/?#@\s]+$/

let known: EnvVersion | undefined

/**
 * Which build this is. When WeChat does not say, the strictest is assumed.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html
 */
export const envVersion = (): EnvVersion => {
  if (!known) known = askEnvVersion()

  return known
}

/** The API of this build. An override is used in develop and trial builds only. */
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
