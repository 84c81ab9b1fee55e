import { envVersion } from '../config/env'
import { messages } from '../i18n/index'

/** The version number of a release, or what kind of build this is: other builds have no number. */
export const versionName = (): string => {
  const { developVersion, trialVersion } = messages.settings
  const env = envVersion()
  if (env === 'develop') return developVersion
  if (env === 'trial') return trialVersion

  return wx.getAccountInfoSync().miniProgram.version
}
