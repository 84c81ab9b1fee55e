import { expect, it } from 'vitest'
import { parseCommand } from './cli-options.ts'

it.each([
  [
    ['auto', '--project', 'p'],
    { kind: 'auto', project: 'p', port: 9420, backend: 'node', simulator: null },
  ],
  [
    [
      'auto',
      '--project',
      'p',
      '--auto-port',
      '1',
      '--trust-project',
      '--ticket',
      't',
      '--auto-account',
      'a',
    ],
    { port: 1 },
  ],
  [
    [
      'auto',
      '--project',
      'p',
      '--backend',
      'chromium',
      '--simulator',
      'http://127.0.0.1:1',
      '--appid',
      'wx',
      '--person',
      '小明',
    ],
    { backend: 'chromium', simulator: { url: 'http://127.0.0.1:1', appid: 'wx', person: '小明' } },
  ],
  [
    ['check', 'p', '--settle', '50', '--online'],
    { kind: 'check', project: 'p', backend: 'node', settle: 50, online: true },
  ],
  [['check', '--project', 'p'], { kind: 'check', project: 'p', settle: 500, online: false }],
  [['check', 'p', 'q'], { kind: 'mistake', message: 'unexpected argument "q"' }],
  [['check', 'p', '--settle', 'x'], { kind: 'mistake', message: '--settle is no time' }],
  [['check'], { kind: 'mistake', message: '--project is missing' }],
  [['--help'], { kind: 'help' }],
  [[], { kind: 'mistake', message: 'a command is missing' }],
  [['open', '--project', 'p'], { kind: 'mistake', message: 'unknown command "open"' }],
  [['auto'], { kind: 'mistake', message: '--project is missing' }],
  [
    ['auto', '--project', 'p', '--auto-port', 'x'],
    { kind: 'mistake', message: '--auto-port is no port' },
  ],
  [
    ['auto', '--project', 'p', '--backend', 'ie'],
    { kind: 'mistake', message: 'unknown backend "ie"' },
  ],
  [
    ['auto', '--project', 'p', '--frob'],
    { kind: 'mistake', message: expect.stringContaining("'--frob'") },
  ],
])('reads %j', (args, command) => {
  expect(parseCommand(args)).toMatchObject(command)
})
