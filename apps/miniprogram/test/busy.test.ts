import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { failed, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const PATH = '/wx/user/index'

// Without jitter, the pause between two attempts is what the server asked for: none.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

const { setTimeout: realSetTimeout } = globalThis

afterEach(() => {
  // In this order: a spy on a faked timer would put the fake back, for all files that follow.
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const startBusy = async (status: number, errno: number, headers: Record<string, string> = {}) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  let busyFor = Number.POSITIVE_INFINITY
  api.script(() => {
    busyFor -= 1
    return busyFor >= 0 ? failed(status, errno, headers) : undefined
  })

  return {
    api,
    ...running,
    busyFor: (times: number) => {
      busyFor = times
    },
  }
}

it.each([
  [429, 706],
  [503, 702],
  [503, 707],
  [503, 739],
])('repeats a GET that a busy server refused (%i, errno %i)', async (status, errno) => {
  const { request, busyFor, api } = await startBusy(status, errno)
  busyFor(2)

  await expect(request(PATH, 'GET')).resolves.toMatchObject({ errno: 0 })
  expect(api.calls).toHaveLength(3)
})

it('sends a GET three times at most, then rejects with the request id', async () => {
  const { request, api } = await startBusy(503, 707, { 'X-Request-Id': 'id-1' })

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 707, requestId: 'id-1' })
  expect(api.calls).toHaveLength(3)
})

it('rejects at once when Retry-After is longer than a silent wait', async () => {
  const { request, api } = await startBusy(429, 706, { 'Retry-After': '42' })

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 706, retryAfter: 42 })
  expect(api.calls).toHaveLength(1)
})

it('waits silently for as long as a short Retry-After says', async () => {
  const { request, busyFor, api } = await startBusy(429, 706, { 'Retry-After': '2' })
  busyFor(1)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const timers = vi.spyOn(globalThis, 'setTimeout')

  const answer = request(PATH, 'GET')
  await until(() => timers.mock.calls.some(([, ms]) => ms === 2000))
  await vi.advanceTimersByTimeAsync(1999)
  expect(api.calls).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)

  await expect(answer).resolves.toMatchObject({ errno: 0 })
})

it('leaves the timers of those who share the process', () => {
  expect(globalThis.setTimeout).toBe(realSetTimeout)
})

it('never repeats a request that changes something', async () => {
  const { logoutAll, endSession, loginByWeixin, api } = await startBusy(503, 707)

  await expect(logoutAll()).rejects.toMatchObject({ errno: 707 })
  await expect(endSession('1')).rejects.toMatchObject({ errno: 707 })
  await expect(loginByWeixin()).rejects.toMatchObject({ errno: 707 })
  expect(api.calls).toHaveLength(3)
})

it('does not repeat a request that failed for another reason', async () => {
  const { request, api } = await startBusy(500, 502)

  await expect(request(PATH, 'GET')).rejects.toMatchObject({ errno: 502 })
  expect(api.calls).toHaveLength(1)
})
