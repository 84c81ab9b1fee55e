import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ClientSettings, Failure, ResilienceAdapter, ResilienceClient } from './adapter.ts'
import { FAILURES, OPERATIONS } from './adapter.ts'

/** A line from the command: what it can do, or how a call ended. */
interface Line {
  id: number
  operations?: string[]
  ok?: unknown
  fails?: string
  printed?: string
}

/** A call that failed in the command. */
class CommandFailure extends Error {
  readonly failure: Failure | undefined

  constructor(printed: string, fails?: string) {
    super(printed)
    this.failure = FAILURES.find((failure) => failure === fails)
  }
}

/**
 * Connects a client in any language: a command that speaks JSON lines, started once per client. It
 * learns of `ca` from NODE_EXTRA_CA_CERTS and SSL_CERT_FILE, or from the settings it is sent.
 */
export const createCommandAdapter = (command: readonly string[]): ResilienceAdapter => ({
  createClient: (settings) => startCommand(command, settings),
  classify: (error) => (error instanceof CommandFailure ? error.failure : undefined),
  print: (error) => (error instanceof Error ? error.message : String(error)),
})

const startCommand = async (
  [file = '', ...args]: readonly string[],
  settings: ClientSettings,
): Promise<ResilienceClient> => {
  const folder = await mkdtemp(join(tmpdir(), 'wechat-resilience-'))
  const child = spawn(file, args, {
    env: { ...process.env, ...(await trust(settings, folder)) },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const waiting = new Map<number, (line: Line | Error) => void>()
  const end = (why: string) => {
    for (const tell of waiting.values()) tell(new Error(why))
    waiting.clear()
  }
  const ended = once(child, 'exit').then(
    ([code]: unknown[]) => end(`the client's process ended with code ${String(code)}`),
    (error: Error) => end(`the client's process: ${error.message}`),
  )
  child.stdin.on('error', () => {})
  createInterface(child.stdout).on('line', (text) => {
    const line = parse(text)
    if (line) waiting.get(line.id)?.(line)
  })

  let count = 0
  const ask = async (request: object): Promise<Line> => {
    count += 1
    const id = count
    if (child.exitCode !== null) throw new Error("the client's process has ended")
    const answer = new Promise<Line | Error>((resolve) => waiting.set(id, resolve))
    child.stdin.write(`${JSON.stringify({ id, ...request })}\n`)
    const line = await answer
    waiting.delete(id)
    if (line instanceof Error) throw line

    return line
  }
  const perform = (name: string) => async (operationArgs: object) => {
    const { ok, fails, printed } = await ask({ do: name, args: operationArgs })
    if (printed !== undefined || fails !== undefined) throw new CommandFailure(printed ?? '', fails)

    return ok
  }
  const close = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }

  try {
    const { operations = [] } = await ask({ do: 'createClient', settings })
    const known = OPERATIONS.filter((name) => operations.includes(name))
    return { operations: Object.fromEntries(known.map((name) => [name, perform(name)])), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The environment variables by which most languages learn of a certificate authority. */
const trust = async ({ ca }: ClientSettings, folder: string): Promise<NodeJS.ProcessEnv> => {
  if (ca === undefined) return {}
  const path = join(folder, 'ca.pem')
  await writeFile(path, ca)

  return { NODE_EXTRA_CA_CERTS: path, SSL_CERT_FILE: path }
}

/** Lines that are not part of the protocol are output of the client's own, and ignored. */
const parse = (text: string): Line | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    const isLine = typeof value === 'object' && value !== null && 'id' in value

    return isLine && Number.isInteger(value.id) ? (value as Line) : undefined
  } catch {
    return undefined
  }
}
