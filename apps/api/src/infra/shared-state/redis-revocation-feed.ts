import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { RevocationFeed } from './revocation-feed.ts'

const FORGET_CHANNEL = 'oa:forget'
const BEAT_CHANNEL = 'oa:beat:'
const BEAT_EVERY_MS = 250
const SILENT_AFTER_MS = 1_000

type Listener = Parameters<RevocationFeed['subscribe']>[0]

/**
 * Publish/subscribe with a heartbeat of this node's own, which travels the same way as the
 * messages: once a beat is back, everything published before it was sent has been delivered.
 */
export const createRedisRevocationFeed = (redis: Redis, subscriber: Redis): RevocationFeed => {
  const beatChannel = BEAT_CHANNEL + randomUUID()
  const listeners: Listener[] = []
  /** When the newest beat that came back was sent; a late one proves nothing about now. */
  let lastBeat = Number.NEGATIVE_INFINITY
  const isAlive = () => performance.now() - lastBeat < SILENT_AFTER_MS

  const lapse = () => {
    for (const { onLapse } of listeners) onLapse()
  }
  const onBeat = (sentAt: number) => {
    if (!isAlive()) lapse()
    if (sentAt > lastBeat) lastBeat = sentAt
  }
  subscriber.on('message', (channel: string, message: string) => {
    if (channel === beatChannel) return onBeat(Number(message))
    const ids = message.split(',')
    for (const { onForget } of listeners) onForget(ids)
  })
  subscriber.on('close', () => {
    lastBeat = Number.NEGATIVE_INFINITY
    lapse()
  })
  const subscribeNow = () => void subscriber.subscribe(FORGET_CHANNEL, beatChannel).catch(ignore)
  subscriber.on('ready', subscribeNow)
  if (subscriber.status === 'ready') subscribeNow()

  const beat = () => void redis.publish(beatChannel, String(performance.now())).catch(ignore)
  const timer = setInterval(beat, BEAT_EVERY_MS)
  beat()

  return {
    shared: true,
    isAlive,
    async publish(ids) {
      await redis.publish(FORGET_CHANNEL, ids.join(','))
    },
    subscribe(listener) {
      listeners.push(listener)
    },
    async close() {
      clearInterval(timer)
      subscriber.disconnect()
    },
  }
}

/** A lost beat shows as silence, which is what it is for. */
const ignore = () => {}
