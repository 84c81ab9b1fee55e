// Runs in their long form the tests that are short in CI: `pnpm test:long`, or those whose file has one
// of the given words in its name: `pnpm test:long vote outbox`. Takes about an hour.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** File → what makes it long. */
const LONG = {
  'connections.test.ts': { SLOW_CONNECTIONS: '1700' },
  'two-processes-faults.test.ts': { FIRST_SIGN_INS: '50' },
  'attendance-races.test.ts': { CHECK_INS: '1000' },
  'vote-races.test.ts': { CASTS: '1000' },
  'room-races.test.ts': { MEETING_RACES: '50' },
  'meeting-histories.test.ts': { MEETING_HISTORIES: '200' },
  'outbox-crash.test.ts': { CRASH_ROUNDS: '100' },
  'database/crash.test.ts': { CRASH_ROUNDS: '100' },
}

const words = process.argv.slice(2).filter((word) => word !== '--')
const wanted = Object.keys(LONG).filter(
  (file) => words.length === 0 || words.some((word) => file.includes(word)),
)
if (wanted.length === 0) {
  process.stderr.write(`No long form is called so. There are: ${Object.keys(LONG).join(', ')}\n`)
  process.exit(1)
}

const results = wanted.map((file) => {
  const begin = performance.now()
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project=api',
      '--testTimeout=3600000',
      `apps/api/test/${file}`,
    ],
    {
      cwd: ROOT,
      // A missing server is a failure. A round of a hundred takes longer than a test should.
      env: { ...process.env, ...LONG[file], CI: 'true', VITEST_MAX_WORKERS: '1' },
      stdio: 'inherit',
    },
  )
  const seconds = Math.round((performance.now() - begin) / 1_000)
  return {
    failed: status !== 0,
    line: `${status === 0 ? 'ok    ' : 'FAILED'}  ${file}  ${seconds} s`,
  }
})
for (const { line } of results) process.stdout.write(`${line}\n`)
process.exitCode = results.some(({ failed }) => failed) ? 1 : 0
