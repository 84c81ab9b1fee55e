import { expect, it } from 'vitest'
import { readCliOptions } from './cli-options.ts'

it('reads every option', () => {
  const args = '--port 3100 --app wx1:s1 --app wx2:s2 --accept-mock-codes --accept-named-codes'

  expect(readCliOptions(args.split(' '))).toEqual({
    port: 3100,
    apps: [
      { appid: 'wx1', secret: 's1' },
      { appid: 'wx2', secret: 's2' },
    ],
    acceptMockCodes: true,
    acceptNamedCodes: true,
  })
})

it('by default takes a free port and accepts no made-up code', () => {
  expect(readCliOptions([])).toEqual({
    port: 0,
    apps: [],
    acceptMockCodes: false,
    acceptNamedCodes: false,
  })
})

it.each([
  [['--prot', '1'], '--prot'],
  [['--port', 'http'], '--port http'],
  [['--port', '65536'], '--port 65536'],
  [['--app', 'wx1'], '--app: expected appid:secret'],
  [['--app', 'wx1:s1:s2'], '--app: expected appid:secret'],
  [['surplus'], 'surplus'],
])('refuses %o by name', (args, name) => {
  expect(() => readCliOptions(args)).toThrow(name)
})

it('never repeats what may be a secret', () => {
  expect(() => readCliOptions(['--app', 'hidden'])).toThrow(/^(?!.*hidden)/)
})
