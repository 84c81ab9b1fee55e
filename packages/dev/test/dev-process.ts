import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Empty, so that a developer's own .env has no say in tests. */
const NOTHING_CONFIGURED = { WX_APPID: '', WX_SECRET: '', DATABASE_URL: '', REDIS_URL: '' }

const COMMAND = [
  process.execPath,
  '--conditions=source',
  '--import=tsx',
  'packages/dev/src/main.ts',
] as const

type Options = {
  /** Read instead of `.env`; none by default. */
  envFile?: string
  /** Runs in a terminal, behind a shell as below `npx pnpm`. */
  terminal?: boolean
}

/** Runs what `pnpm dev` runs, as a process of its own; `said` is all that it printed so far. */
export const startDevProcess = (
  env: Record<string, string>,
  { envFile = '/dev/null', terminal = false }: Options = {},
) => {
  const line = [...COMMAND, `--env=${envFile}`]
  const [command = '', ...args] = terminal
    ? ['script', '-qec', `sh -c '${line.join(' ')}; exit $?'`, '/dev/null']
    : line
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...NOTHING_CONFIGURED, ...env },
    stdio: [terminal ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let lastWord = performance.now()
  let longestSilence = 0
  const keep = (chunk: Buffer) => {
    text += chunk.toString('utf8')
    longestSilence = Math.max(longestSilence, performance.now() - lastWord)
    lastWord = performance.now()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const exited = once(child, 'exit').then(([code]) => code as number | null)

  return {
    said: () => text,
    /** Of the process until its last word, in milliseconds. */
    longestSilence: () => longestSilence,
    exited,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** Types into the terminal. */
    type: (keys: string) => void child.stdin?.write(keys),
    async stop(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' = 'SIGINT') {
      if (child.exitCode === null) child.kill(signal)
      return exited
    },
  }
}

export const makeDataDir = async () => {
  const path = await mkdtemp(join(tmpdir(), 'oa-dev-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** A port that is taken until `free` is called. */
export const takePort = async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  return { port: address.port, free: () => new Promise((done) => server.close(done)) }
}
