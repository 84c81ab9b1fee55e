import { contentRefused, wechatAway } from '../errors/business-error.ts'
import type { JudgeText } from '../org/judge-text.ts'
import type { User } from '../users/user.ts'
import type { Meeting } from './rows.ts'

export type Words = Pick<Meeting, 'title' | 'agenda' | 'location'>

/**
 * What many will read is judged before they do: while WeChat cannot say, the draft is kept and cannot be
 * submitted. A reason passes then; few read it.
 */
export const createWords = (judge: JudgeText) => ({
  async requireWords(user: User, { title, agenda, location }: Words): Promise<void> {
    const verdict = await judge(user, [title, location, agenda].filter(Boolean).join('\n'))
    if (verdict === 'refused') throw contentRefused('org')
    if (verdict === 'unknown') throw wechatAway()
  },

  async requireReason(user: User, reason: string | undefined): Promise<void> {
    if (reason && (await judge(user, reason)) === 'refused') throw contentRefused('org')
  },
})
