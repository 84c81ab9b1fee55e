import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
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

/** Starts the API in a process of its own; rejects when it ends before it listens. */
export const startApiProcess = async (env: NodeJS.ProcessEnv): Promise<ApiProcess> => {
  const child = spawnFile('main.ts', env, [])
  const finished = collect(child)
  const url = await Promise.race([listening(child), finished.then(failToStart)])
  return {
    ...createClient(url),
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    finished,
  }
}

/** The bundle of a source file, which `global-setup.ts` makes. */
export const bundleOf = (file: string) => join(inject('apiBundle'), file.replace('.ts', '.mjs'))

const spawnFile = (file: string, env: NodeJS.ProcessEnv, args: readonly string[]) =>
  spawn(process.execPath, [bundleOf(file), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

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
