import { afterEach, expect, it, vi } from 'vitest'
import { start } from './support/start'

afterEach(() => {
  vi.useRealTimers()
})

it('counts the wait after a 429 down, refuses retries meanwhile, and stops with the page', async () => {
  const { attachComponent } = await start()
  const card = await attachComponent('failure-card')
  vi.useFakeTimers()
  card.set({ failure: { errno: 706, errmsg: '', requestId: 'id-1', retryAfter: 3 } })
  expect(card.data.retry).toContain('3')
  expect(card.data.requestId).toContain('id-1')

  card.onRetry()
  vi.advanceTimersByTime(2000)
  expect(card.data.retry).toContain('1')
  expect(card.events).toEqual([])

  vi.advanceTimersByTime(1000)
  card.onRetry()
  expect(card.events).toEqual(['retry'])
  expect(vi.getTimerCount()).toBe(0)

  card.set({ failure: { errno: 706, errmsg: '', retryAfter: 60 } })
  card.detach()
  expect(vi.getTimerCount()).toBe(0)
})

it('offers a retry at once when the server asked for no wait', async () => {
  const { attachComponent } = await start()
  const card = await attachComponent('failure-card')
  card.set({ failure: { errno: 704, errmsg: '账号已停用' } })

  expect(card.data).toMatchObject({ text: '账号已停用', requestId: '', seconds: 0 })
  card.onRetry()
  expect(card.events).toEqual(['retry'])
})

it('shows that the phone is offline, and triggers online once when the network is back', async () => {
  const { attachComponent, wechat } = await start()
  const bar = await attachComponent('offline-bar')
  wechat.emit('network', { isConnected: false })
  wechat.emit('network', { isConnected: false })
  expect(bar.data.isOffline).toBe(true)

  wechat.emit('network', { isConnected: true })
  wechat.emit('network', { isConnected: true })
  expect(bar.data.isOffline).toBe(false)
  expect(bar.events).toEqual(['online'])

  bar.detach()
  wechat.emit('network', { isConnected: false })
  expect(bar.data.isOffline).toBe(false)
})

it('shows at once that the phone is offline at start', async () => {
  const { attachComponent, wechat } = await start()
  wechat.state.isOnline = false
  const bar = await attachComponent('offline-bar')

  await vi.waitFor(() => expect(bar.data.isOffline).toBe(true))
})

it.each([
  ['小明', '小'],
  ['😀 team', '😀'],
  ['  anna', 'A'],
  ['', ''],
])('shows the first letter of %j when there is no picture', async (name, initial) => {
  const { attachComponent } = await start()
  const avatar = await attachComponent('person-avatar')
  avatar.set({ name, url: '' })

  expect(avatar.data).toMatchObject({ initial, src: '' })
})

it('shows pictures from https only, and the letter when one does not load', async () => {
  const { attachComponent } = await start()
  const avatar = await attachComponent('person-avatar')
  avatar.set({ name: 'a', url: 'http://tmp/1.png' })
  expect(avatar.data.src).toBe('')

  avatar.set({ name: 'a', url: 'https://img.example/1.png' })
  expect(avatar.data.src).toBe('https://img.example/1.png')
  avatar.onError()
  expect(avatar.data.src).toBe('')
})
