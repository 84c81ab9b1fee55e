// Runs exactly what CI runs: `pnpm verify`, or parts of it: `pnpm verify check test`. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { summarize } from './summary.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REPORTS = `${ROOT}artifacts/reports/`

const { packageManager } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))

/** The scripts of package.json; `counted` ones are runs of vitest. */
const PARTS = {
  check: { script: 'check' },
  // What production runs, which nothing else compiles to JavaScript.
  build: { script: 'build' },
  test: { script: 'test', counted: true },
  // In a browser, which leaves a picture of every page in artifacts/screenshots; `test` runs it without.
  'e2e:chromium': { script: 'e2e', counted: true, env: { MP_TARGET: 'headless-chromium' } },
  'e2e:mutations': { script: 'e2e:mutations' },
}

const say = (line) => process.stdout.write(`${line}\n`)

const reportTo = (name) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORTS}${name.replace(':', '-')}.json`,
]

const runPart = (name) => {
  const { script, counted = false, env = {} } = PARTS[name]
  const { npm_config_reporter: _silent, ...inherited } = process.env
  const begin = performance.now()
  // As the README has it. npm would warn of the settings that pnpm hands down as variables.
  const command = ['--loglevel=error', '-y', packageManager, script]
  const { status } = spawnSync('npx', [...command, ...(counted ? reportTo(name) : [])], {
    cwd: ROOT,
    // CI=true makes a missing server, or a test that would be skipped, a failure.
    env: { ...inherited, ...env, CI: 'true' },
    stdio: 'inherit',
    // npx is a script on Windows.
    shell: process.platform === 'win32',
  })
  const seconds = Math.round((performance.now() - begin) / 1000)
  return {
    passed: status === 0,
    line: `${status === 0 ? 'ok    ' : 'FAILED'}  ${name}  ${seconds} s`,
  }
}

const verify = (names) => {
  const unknown = names.filter((name) => !(name in PARTS))
  if (unknown.length > 0) {
    say(`Unknown: ${unknown.join(', ')}. Parts are ${Object.keys(PARTS).join(', ')}.`)
    return false
  }
  rmSync(REPORTS, { recursive: true, force: true })
  const results = names.map(runPart)
  for (const { line } of results) say(line)
  const allPassed = results.every(({ passed }) => passed)
  if (!names.some((name) => PARTS[name].counted)) return allPassed
  return summarize(reportsIn(REPORTS), say) && allPassed
}

const reportsIn = (folder) => {
  try {
    return readdirSync(folder).map((file) => folder + file)
  } catch {
    // No run came as far as writing one.
    return []
  }
}

const wanted = process.argv.slice(2)
process.exitCode = verify(wanted.length > 0 ? wanted : Object.keys(PARTS)) ? 0 : 1
