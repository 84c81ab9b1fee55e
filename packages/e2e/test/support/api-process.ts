import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { SHORT_LIVED } from '@oa/test-servers/short-lived'

const LISTENING = /listening at (http:\/\/[\d.:]+)/

/** A bundle of the API, and the environment to run it in. */
export interface ApiProgram {
  apiFolder: string
  apiEnv: Record<string, string>
}

/** Starts the API as a process; rejects when it ends before it listens. */
export const startApiProcess = async (program: ApiProgram) => {
  const child = run(program)
  const ended = outcomeOf(child)
  const url = await Promise.race([
    addressOf(child),
    ended.then(({ code, output }) => {
      throw new Error(`the API ended with ${code} before it listened:\n${output}`)
    }),
  ])

  return {
    url,
    /** Moves the clock of the process forward. */
    async advanceClock(milliseconds: number) {
      const moved = once(child, 'message')
      child.send({ milliseconds })
      await moved
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

interface CommandLine {
  run(args: string[], shell: { env: object; print(line: string): void }): Promise<void>
}

/**
 * Runs a command of the API's command line beside the API, in this process, since a process of its own
 * would take a second of processor time to start. Rejects when the command fails.
 */
export const runApiCommand = async ({ apiFolder, apiEnv }: ApiProgram, args: string[]) => {
  const commandLine: CommandLine = await import(join(apiFolder, 'run.mjs'))
  await commandLine.run(args, { env: apiEnv, print: () => {} })
}

const CLOCK = new URL('api-clock.mjs', import.meta.url).href

const run = ({ apiFolder, apiEnv }: ApiProgram) =>
  spawn(process.execPath, [...SHORT_LIVED, '--import', CLOCK, join(apiFolder, 'main.mjs')], {
    // Not the developer's own environment; Windows needs its SystemRoot.
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...apiEnv },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

const addressOf = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = LISTENING.exec(chunk.toString())?.[1]
      if (url !== undefined) resolve(url)
    })
  })

const outcomeOf = async (child: ChildProcess) => {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  await once(child, 'close')

  return { code: child.exitCode, output }
}
