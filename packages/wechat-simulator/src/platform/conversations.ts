import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

/** Who has written to which app, and how often it has answered. */
export interface Conversations {
  open: (appid: string, person: string) => void
  /** Takes one answer: whether it may be sent, or why not. */
  takeReply: (appid: string, person: string) => 'ok' | 'closed' | 'spent'
}

export const createConversations = (clock: Clock, settings: () => Settings): Conversations => {
  const conversations = new Map<string, { openedAt: number; replies: number }>()

  return {
    open: (appid, person) =>
      void conversations.set(`${appid}\n${person}`, { openedAt: clock.now(), replies: 0 }),
    takeReply: (appid, person) => {
      const conversation = conversations.get(`${appid}\n${person}`)
      const age = clock.now() - (conversation?.openedAt ?? Number.NEGATIVE_INFINITY)
      if (!conversation || age > settings().customMessageWindowMs) return 'closed'
      if (conversation.replies >= settings().customMessagesPerWindow) return 'spent'
      conversation.replies += 1

      return 'ok'
    },
  }
}
