import type { ProfileNotice, ProfileResult } from '@oa/contracts'
import type { StoredProfile } from './sql.ts'

/** A profile as its owner sees it. */
export const toProfileResult = (profile: StoredProfile): ProfileResult => {
  const { nickName, avatarUrl, pendingAvatarUrl, gender, birthday, profileNotice } = profile
  return {
    nickName,
    avatarUrl: pendingAvatarUrl || avatarUrl,
    // A CHECK constraint keeps it within this type.
    gender: gender as ProfileResult['gender'],
    birthday: birthday === null ? null : birthday.toISOString().slice(0, 'yyyy-mm-dd'.length),
    version: profile.updateTime.toISOString(),
    pictureState: pendingAvatarUrl === '' ? 'checked' : 'checking',
    notice: toNotice(profileNotice),
  }
}

export const toNotice = (stored: string | null): ProfileNotice =>
  stored === 'name' || stored === 'picture' ? stored : 'none'
