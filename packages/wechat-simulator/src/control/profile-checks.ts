import type { Platform } from '../platform/platform.ts'
import type { Verdict, VerdictRule } from '../platform/verdicts.ts'
import { requireApp, requirePerson } from './actions.ts'
import { ControlError } from './control-error.ts'
import { compareVersions } from './lib-version.ts'
import type { AvatarRequest, NicknameRequest } from './schemas/index.ts'

/** The `nicknamereview` event of an input of type nickname. */
export interface NicknameReview {
  /** When it is false, WeChat has cleared the field. */
  pass: boolean
  timeout: boolean
}

/** From this base library on, avatars and nicknames are checked. */
const CHECKED_SINCE = '2.24.4'

/**
 * The check of a typed nickname, after its input has lost focus.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/userProfile.html
 */
export const checkNickname = (request: NicknameRequest, platform: Platform): NicknameReview => ({
  pass: passes(request, platform, () => platform.verdicts.judge(request.nickname)),
  timeout: false,
})

/** The check of a chosen avatar; the page gets no event for one that does not pass. */
export const checkAvatar = (request: AvatarRequest, platform: Platform) => ({
  pass: passes(request, platform, () =>
    platform.verdicts.judgeFile(Buffer.from(request.image, 'base64')),
  ),
})

export const addVerdict = (rule: VerdictRule, platform: Platform): VerdictRule => {
  if (rule.contains === undefined && rule.sha256 === undefined) {
    throw new ControlError(400, 'body must have contains or sha256')
  }
  return platform.verdicts.add(rule)
}

const passes = (
  { appid, person, libVersion = CHECKED_SINCE }: Omit<NicknameRequest, 'nickname'>,
  platform: Platform,
  judge: () => Verdict,
) => {
  requireApp(appid, platform)
  requirePerson(person, platform)
  if (compareVersions(libVersion, CHECKED_SINCE) < 0) return true
  const { suggest } = judge()

  return (
    suggest === 'pass' || (suggest === 'review' && platform.settings.reviewedProfile === 'pass')
  )
}
