import { setImmediate } from 'node:timers/promises'
import { fastify } from 'fastify'
import { afterEach, expect, it, vi } from 'vitest'
import errorReplies from './error-replies.ts'
import handlerTimeout from './handler-timeout.ts'

const MS = 30

const open = async (handler: () => Promise<unknown>) => {
  const app = fastify()
  await app.register(handlerTimeout, { ms: MS })
  await app.register(errorReplies)
  app.get('/', handler)
  return app
}

afterEach(() => vi.useRealTimers())

it('answers UNAVAILABLE when the handler does not answer in time', async () => {
  const app = await open(() => new Promise(() => {}))
  const answer = await app.inject('/')

  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('2')
})

it('lets a handler be late: the answer that was given stands', async () => {
  let finish = (_answer: object) => {}
  const late = new Promise<object>((resolve) => {
    finish = resolve
  })
  const app = await open(() => late)
  const answer = await app.inject('/')
  finish({ errno: 0 })
  await setImmediate()

  expect(answer.statusCode).toBe(503)
})

it('leaves no timer behind an answer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const app = await open(async () => ({ errno: 0 }))
  const answer = await app.inject('/')
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0))

  expect(answer.statusCode).toBe(200)
})
