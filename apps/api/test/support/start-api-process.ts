import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { SHORT_LIVED } from '@oa/test-servers/short-lived'
import { inject } from 'vitest'
import type { Client } from './client.ts'
import { createClient } from './client.ts'

const LISTENING = /listening at (http:\/\/[\d.:]+)/

export type Finished = { code: number | null; stdout: string; stderr: string }

/** Runs a file of the API in a process of its own, with `env` and PATH as its environment, until it ends. */
export const runProcess = async (
  file: 'main.ts' | 'cli.ts',
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<Finished> => collect(spawnFile(file, env, args))

export type ApiProcess = Client & {
  pid: number
  kill(signal: NodeJS.Signals): void
  /** Resolves when the process has ended. */
  finished: Promise<Finished>
}

type Limits = {
  /** How many files and connections the process may have open. */
  openFiles?: number
}

/** Starts the API in a process of its own; rejects when it ends before it listens. */
export const startApiProcess = async (
  env: NodeJS.ProcessEnv,
  { openFiles }: Limits = {},
): Promise<ApiProcess> => {
  const child = spawnFile('main.ts', env, [], openFiles)
  const finished = collect(child)
  const url = await Promise.race([listening(child), finished.then(failToStart)])
  return {
    ...createClient(url),
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    finished,
  }
}

/** An environment in which a process runs `script` before anything else. */
export const beforeStart = (script: string): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`,
})

/** An environment in which a process runs `script` when it gets SIGWINCH, which nothing else uses. */
export const onSignal = (script: string): NodeJS.ProcessEnv =>
  beforeStart(`process.on('SIGWINCH', () => { ${script} })`)

/** A process of a test answers too little for its code to be worth optimising. */
const FOR_A_TEST = [...SHORT_LIVED, '--no-opt', '--max-lazy', '--single-threaded-gc']

/** Arguments of Node that run a source file as `global-setup.ts` has bundled it. */
export const argsFor = (file: string, ...args: readonly string[]) => [
  ...FOR_A_TEST,
  join(inject('apiBundle'), file.replace('.ts', '.mjs')),
  ...args,
]

const spawnFile = (
  file: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  openFiles?: number,
) => {
  const command = [process.execPath, ...argsFor(file, ...args)]
  const limited = ['sh', '-c', `ulimit -n ${openFiles} && exec "$@"`, 'sh', ...command]
  const [name = '', ...rest] = openFiles === undefined ? command : limited
  return spawn(name, rest, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const listening = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = LISTENING.exec(chunk.toString())?.[1]
      if (url !== undefined) resolve(url)
    })
  })

const collect = async (child: ChildProcess): Promise<Finished> => {
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString()
  })
  await once(child, 'close')
  return { code: child.exitCode, ...output }
}

const failToStart = ({ code, stdout, stderr }: Finished): never => {
  throw new Error(`the API ended with ${code} before it listened:\n${stdout}${stderr}`)
}
