import { createInterface } from 'node:readline'
import type { ClientSettings, ResilienceAdapter, ResilienceClient } from './adapter.ts'
import { OPERATIONS } from './adapter.ts'
import { printError } from './check-outcome.ts'

interface Request {
  id: number
  do: string
  settings?: ClientSettings
  args?: object
}

/** Makes this process the command of an adapter: reads requests from stdin, answers on stdout. */
export const serveAdapter = (adapter: ResilienceAdapter): void => {
  let client: ResilienceClient = { operations: {} }
  const answer = async (request: Request): Promise<object> => {
    if (request.settings) {
      client = await adapter.createClient(request.settings)
      return { operations: Object.keys(client.operations) }
    }
    const name = OPERATIONS.find((known) => known === request.do)
    // The runner pairs the operation with its arguments, which the types cannot express.
    const operation =
      name && (client.operations[name] as ((args: object) => Promise<unknown>) | undefined)

    return { ok: (await operation?.(request.args ?? {})) ?? null }
  }
  const serve = async (request: Request) => {
    const line = await answer(request).catch((error: unknown) => ({
      fails: adapter.classify(error),
      printed: (adapter.print ?? printError)(error),
    }))
    process.stdout.write(`${JSON.stringify({ id: request.id, ...line })}\n`)
  }
  createInterface(process.stdin)
    .on('line', (text) => void serve(JSON.parse(text) as Request))
    .on('close', () => process.exit())
}
