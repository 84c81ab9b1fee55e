import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

/** What a person did; it allows the app a number of answers within a time. */
export type Occasion = 'wrote' | 'entered'

/** Who has written to which app, or entered the conversation, and how many answers are left. */
export interface Conversations {
  open: (appid: string, person: string, occasion: Occasion) => void
  /** Takes one answer: whether it may be sent, or why not. */
  takeReply: (appid: string, person: string) => 'ok' | 'closed' | 'spent'
}

interface Grant {
  expiresAt: number
  left: number
}

export const createConversations = (clock: Clock, settings: () => Settings): Conversations => {
  const grants = new Map<string, Grant>()
  const grantOf = (occasion: Occasion): Grant => {
    const { customMessageWindowMs, customMessagesPerWindow } = settings()
    const { customEntryWindowMs, customMessagesPerEntry } = settings()
    return occasion === 'wrote'
      ? { expiresAt: clock.now() + customMessageWindowMs, left: customMessagesPerWindow }
      : { expiresAt: clock.now() + customEntryWindowMs, left: customMessagesPerEntry }
  }

  return {
    open: (appid, person, occasion) =>
      void grants.set(`${appid}\n${person}\n${occasion}`, grantOf(occasion)),
    takeReply: (appid, person) => {
      const open = OCCASIONS.flatMap(
        (occasion) => grants.get(`${appid}\n${person}\n${occasion}`) ?? [],
      ).filter(({ expiresAt }) => expiresAt >= clock.now())
      if (open.length === 0) return 'closed'
      const grant = open.find(({ left }) => left > 0)
      if (!grant) return 'spent'
      grant.left -= 1

      return 'ok'
    },
  }
}

// Answers to an entry are taken first, because they end sooner.
const OCCASIONS: readonly Occasion[] = ['entered', 'wrote']
