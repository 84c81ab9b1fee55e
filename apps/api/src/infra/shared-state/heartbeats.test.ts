import { describe, expect, it } from 'vitest'
import { createHeartbeats } from './heartbeats.ts'

describe('a node', () => {
  it('relies on the feed for a second after it sent a beat that came back', () => {
    const beats = createHeartbeats('own')
    expect(beats.isAlive(0)).toBe(false)
    beats.beat('own', 100, 900)
    expect(beats.isAlive(1_099)).toBe(true)
    expect(beats.isAlive(1_100)).toBe(false)
  })

  it('does not rely on the feed while another node is silent, for it may be unable to announce', () => {
    const beats = createHeartbeats('own')
    beats.beat('own', 0, 0)
    beats.beat('other', 0, 0)
    beats.beat('own', 900, 900)
    expect(beats.isAlive(999)).toBe(true)
    expect(beats.isAlive(1_000)).toBe(false)

    beats.beat('other', 1_200, 1_200)
    expect(beats.isAlive(1_899)).toBe(true)
  })

  it('stays connected while it hears itself, whoever else is silent', () => {
    const beats = createHeartbeats('own')
    beats.beat('own', 0, 0)
    beats.beat('killed', 0, 0)
    beats.beat('own', 1_500, 1_500)
    expect(beats.isAlive(1_500)).toBe(false)
    expect(beats.isConnected(1_500)).toBe(true)
    expect(beats.isConnected(2_500)).toBe(false)
  })

  it('waits for no node that said that it stops', () => {
    const beats = createHeartbeats('own')
    beats.beat('other', 0, 0)
    beats.beat('own', 900, 900)
    beats.drop('other', 900)
    expect(beats.isAlive(1_500)).toBe(true)
  })

  it('waits a minute and a half for a node that was killed, and then goes on without it', () => {
    const beats = createHeartbeats('own')
    beats.beat('killed', 0, 0)
    beats.beat('own', 89_000, 89_000)
    expect(beats.isAlive(89_000)).toBe(false)
    beats.beat('own', 90_001, 90_001)
    expect(beats.isAlive(90_001)).toBe(true)
  })

  it('is not made alive by another node while its own beats do not come back', () => {
    const beats = createHeartbeats('own')
    beats.beat('own', 0, 0)
    beats.drop('own', 10)
    beats.beat('other', 20, 20)
    expect(beats.isAlive(20)).toBe(false)
  })
})
