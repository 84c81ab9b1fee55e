import { expect, it } from 'vitest'
import { parseOptions } from './options.ts'

it('measures everything by default', () => {
  expect(parseOptions([])).toMatchObject({
    stores: ['SQLite', 'MariaDB + Redis'],
    whats: ['sign-in', 'read'],
    withPeers: true,
    servers: true,
    people: true,
  })
})

it('leaves out the million people when it has to be quick, unless they are what is asked for', () => {
  expect(parseOptions(['--quick'])).toMatchObject({ servers: true, people: false })
  expect(parseOptions(['--quick', '--people'])).toMatchObject({ servers: false, people: true })
})

it('takes the beginning of a name', () => {
  const { stores, whats } = parseOptions(['--store', 'maria', '--only', 'read'])
  expect({ stores, whats }).toEqual({ stores: ['MariaDB + Redis'], whats: ['read'] })
})

it.each([[['--store', 'oracle']], [['--only', '']], [['--fast']]])('refuses %j', (args) => {
  expect(() => parseOptions(args)).toThrow()
})
