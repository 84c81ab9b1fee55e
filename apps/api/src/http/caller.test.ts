import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { callerOf } from './caller.ts'

const APP = 'wx1b2c3d4e5f607182'

const request = (ip: string, userAgent?: string) =>
  ({ appId: APP, ip, headers: { 'user-agent': userAgent }, id: 'request-1' }) as FastifyRequest

describe('the caller of a request', () => {
  it('keeps as much of a User-Agent as its columns hold, and never half a character', () => {
    expect(callerOf(request('127.0.0.1', 'é'.repeat(9_000))).userAgent).toBe('é'.repeat(512))
    expect(callerOf(request('127.0.0.1', '😀'.repeat(9_000))).userAgent).toBe('😀'.repeat(512))
  })

  it('has no address when a trusted proxy hands on what is none', () => {
    expect(callerOf(request('unknown')).ip).toBe('')
    expect(callerOf(request('2001:db8::1')).ip).toBe('2001:db8::1')
  })

  it('may come without a User-Agent', () => {
    expect(callerOf(request('127.0.0.1'))).toEqual({
      appId: APP,
      ip: '127.0.0.1',
      userAgent: '',
      requestId: 'request-1',
    })
  })
})
