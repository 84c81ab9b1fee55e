import { MIN_EVENT_DAYS, pruneEvents } from '../audit/retention.ts'
import { loadConfig } from '../config/load-config.ts'
import { openConfiguredStores } from '../core.ts'
import { createLogger } from '../infra/logging/logger.ts'
import type { Command, Values } from './command.ts'
import { CommandError, print, textOf } from './command.ts'

const prune = async (values: Values) => {
  const text = textOf(values, 'older-than-days') ?? ''
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days < MIN_EVENT_DAYS) {
    throw new CommandError(`--older-than-days must be ${MIN_EVENT_DAYS} or more`)
  }
  const log = createLogger({ level: 'error', readable: true })
  const stores = await openConfiguredStores(loadConfig(process.env), log)
  try {
    print(`Removed: ${await pruneEvents(stores.loginEvents, days)} event(s).`)
  } finally {
    await stores.close()
  }
}

export const eventCommands: readonly Command[] = [
  {
    name: 'events prune',
    usage: `events prune --older-than-days DAYS
      DAYS           ${MIN_EVENT_DAYS} or more; needs a database user that may delete login events`,
    options: { 'older-than-days': { type: 'string' } },
    run: prune,
  },
]
