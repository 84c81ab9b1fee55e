import { envVersion } from '../config/env'
import { messages } from '../i18n/index'

/** The released version's number; other builds have none and are named instead. */
export const versionName = (): string => {
  const { developVersion, trialVersion } = messages.ucenter
  const env = envVersion()
  if (env === 'develop') return developVersion
  if (env === 'trial') return trialVersion

  return wx.getAccountInfoSync().miniProgram.version
}
