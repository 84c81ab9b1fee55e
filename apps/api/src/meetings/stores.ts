import type { Engine } from '../infra/database/engine.ts'
import { createChangeStore } from './change-sql.ts'
import { createMessageCounter } from './message-counts.ts'
import { createReminderStore } from './reminders-sql.ts'
import { createResolver } from './resolver.ts'
import { createMeetingStore } from './sql.ts'
import type { MeetingVotes } from './votes.ts'

export type MeetingStores = ReturnType<typeof createMeetingStores>

export const createMeetingStores = (engine: Engine, votes: MeetingVotes) => ({
  meetings: createMeetingStore(engine),
  changes: createChangeStore(engine, votes),
  countMessages: createMessageCounter(engine),
  resolver: createResolver(engine),
  reminders: createReminderStore(engine),
})
