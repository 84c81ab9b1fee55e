import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Meter } from '../metrics/meter.ts'
import { createHeartbeats } from './heartbeats.ts'
import type { Revocation, RevocationFeed } from './revocation-feed.ts'

const CHANNEL = 'oa:revocations'
const BEAT_EVERY_MS = 250
/** Connections that stay silent for so long are stale: new ones may work where these do not. */
const STALE_AFTER_MS = 2_000

type Options = { heartbeat: boolean; onStale(): void; meter: Pick<Meter, 'heartbeat'> }

type Listener = Parameters<RevocationFeed['subscribe']>[0]

/** `beat` is when it was sent, by the clock of the node that sent it. */
type Message = { node: string; beat: number } | { node: string; stops: true } | Revocation

/**
 * Publish/subscribe with a heartbeat of every node, which goes the same way as the announcements:
 * a node that cannot announce is silent too, and all others notice within a second. Once a node's own
 * beat is back, everything that was published before it was sent has been delivered.
 * Without a `heartbeat` a process only announces: others do not wait for it when it ends.
 */
export const createRedisRevocationFeed = (
  redis: Redis,
  subscriber: Redis,
  { heartbeat, onStale, meter }: Options,
): RevocationFeed => {
  const own = randomUUID()
  const beats = createHeartbeats(own)
  const listeners: Listener[] = []
  let wasAlive = false
  let staleSince = performance.now()

  const lapse = () => {
    for (const { onLapse } of listeners) onLapse()
  }
  /** Tells of a lapse before anything is trusted again. */
  const changed = (change: (now: number) => void) => {
    const now = performance.now()
    const before = wasAlive && beats.isAlive(now)
    change(now)
    wasAlive = beats.isAlive(now)
    if (before !== wasAlive) lapse()
  }
  const receive = (message: Message) => {
    if ('keys' in message) {
      for (const { onRevoke } of listeners) onRevoke(message)
    } else if ('stops' in message) {
      changed((now) => beats.drop(message.node, now))
    } else {
      if (message.node === own) meter.heartbeat((performance.now() - message.beat) / 1_000)
      changed((now) => beats.beat(message.node, message.node === own ? message.beat : now, now))
    }
  }
  subscriber.on('message', (_channel: string, text: string) => {
    const message = read(text)
    if (message !== null) receive(message)
  })
  subscriber.on('close', () => changed((now) => beats.drop(own, now)))
  const subscribeNow = () => void subscriber.subscribe(CHANNEL).catch(ignore)
  subscriber.on('ready', subscribeNow)
  if (subscriber.status === 'ready') subscribeNow()

  const publish = (message: Message) => redis.publish(CHANNEL, JSON.stringify(message))
  const renewIfStale = (now: number) => {
    if (Math.min(beats.silentFor(now), now - staleSince) < STALE_AFTER_MS) return
    staleSince = now
    onStale()
  }
  const beat = () => {
    const now = performance.now()
    renewIfStale(now)
    void publish({ node: own, beat: now }).catch(ignore)
  }
  const timer = heartbeat ? setInterval(beat, BEAT_EVERY_MS) : undefined
  if (heartbeat) beat()

  return {
    shared: true,
    isAlive: () => beats.isAlive(performance.now()),
    isConnected: () => beats.isConnected(performance.now()),
    async publish({ keys, settled }) {
      await publish({ keys, settled })
    },
    subscribe(listener) {
      listeners.push(listener)
    },
    async close() {
      clearInterval(timer)
      if (heartbeat) await publish({ node: own, stops: true }).catch(ignore)
      subscriber.disconnect()
    },
  }
}

/** Null for what no node of this version wrote. */
const read = (text: string): Message | null => {
  try {
    const message: unknown = JSON.parse(text)
    return isMessage(message) ? message : null
  } catch {
    return null
  }
}

const isMessage = (value: unknown): value is Message => {
  if (typeof value !== 'object' || value === null) return false
  if ('keys' in value) return Array.isArray(value.keys) && 'settled' in value
  return 'node' in value && typeof value.node === 'string' && ('beat' in value || 'stops' in value)
}

/** A lost beat shows as silence, which is what it is for. */
const ignore = () => {}
