import type { ClientSettings, ResilienceAdapter, ResilienceClient } from './adapter.ts'
import { checkLastRequests, checkRequestCounts } from './check-requests.ts'
import type { ScriptedPlatform } from './platform/scripted-platform.ts'
import { startScriptedPlatform } from './platform/scripted-platform.ts'
import type { ResilienceCase } from './resilience-case.ts'
import { runStep } from './run-step.ts'
import type { Values } from './values.ts'
import { createValues, mask } from './values.ts'

export interface ResilienceResult {
  id: string
  about: string
  outcome: 'passed' | 'failed' | 'skipped'
  /** Why it failed, or what the client lacks. Values of the run are replaced by their names. */
  reason?: string
}

/** Other programs may keep a machine busy for a while. */
const MAX_TRIES_ALONE = 3

export interface ResilienceOptions {
  /** How many cases run at the same time; 32 by default. */
  concurrency?: number
  /** Whether a case that failed for its timing is run again, alone, three times at most; true by default. */
  retryTimingFailures?: boolean
  onResult?: (result: ResilienceResult) => void
}

/** Runs cases, each with a platform and a client of its own; results are in the order of cases. */
export const runResilience = async (
  adapter: ResilienceAdapter,
  cases: readonly ResilienceCase[],
  { concurrency = 32, retryTimingFailures = true, onResult }: ResilienceOptions = {},
): Promise<ResilienceResult[]> => {
  const results: ResilienceResult[] = []
  const again: [number, ResilienceCase][] = []
  const waiting = cases.entries()
  const work = async () => {
    for (const [index, entry] of waiting) {
      const result = await runCase(adapter, entry)
      results[index] = result
      if (retryTimingFailures && isTimingFailure(result)) again.push([index, entry])
      else onResult?.(result)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  for (const [index, entry] of again) {
    const result = await runAgain(adapter, entry)
    results[index] = result
    onResult?.(result)
  }

  return results
}

const runAgain = async (adapter: ResilienceAdapter, entry: ResilienceCase) => {
  for (let tries = 1; ; tries += 1) {
    const result = await runCase(adapter, entry)
    if (tries === MAX_TRIES_ALONE || !isTimingFailure(result)) return result
  }
}

// With many cases at once on a busy machine, one of them can miss its deadline.
const isTimingFailure = ({ reason = '' }: ResilienceResult) =>
  /no answer within|unavailable|took over|only \d+ of|requests of/.test(reason)

const runCase = async (
  adapter: ResilienceAdapter,
  entry: ResilienceCase,
): Promise<ResilienceResult> => {
  const { id, about } = entry
  const values = new Map(createValues())
  const started: { close: () => unknown }[] = []
  try {
    const elsewhere = await startElsewhere(entry, values, started)
    const platform = await startScriptedPlatform(entry.platform ?? {}, values)
    started.push(platform)
    const clients = await createClients(adapter, toSettings(platform, entry, values), entry.nodes)
    started.push(...(clients ?? []).map((client) => ({ close: () => client.close?.() })))
    const lack = clients ? lackOf(clients, entry) : 'clients that share something'
    if (!clients || lack) return { id, about, outcome: 'skipped', reason: `has no ${lack}` }

    const reason =
      (await runSteps(entry, { adapter, clients, platform, values })) ??
      checkRequestCounts(entry, platform, elsewhere) ??
      checkLastRequests(entry, platform, values)

    return reason
      ? { id, about, outcome: 'failed', reason: mask(reason, values) }
      : { id, about, outcome: 'passed' }
  } catch (error) {
    return { id, about, outcome: 'failed', reason: `did not run: ${mask(String(error), values)}` }
  } finally {
    await closeAll(started)
  }
}

const runSteps = async ({ steps }: ResilienceCase, parts: Parameters<typeof runStep>[1]) => {
  const running: Promise<string | undefined>[] = []
  for (const step of steps) {
    const problem = runStep(step, parts)
    running.push(problem)
    if (!step.background && (await problem)) break
  }
  const problems = await Promise.all(running)
  const first = problems.findIndex((problem) => problem !== undefined)

  return steps.length > 1 && first >= 0 ? `step ${first + 1}: ${problems[first]}` : problems[first]
}

/** The target of the case's redirects; it would accept what must not be sent there. */
const startElsewhere = async (
  entry: ResilienceCase,
  values: Map<string, string>,
  started: { close: () => unknown }[],
): Promise<ScriptedPlatform | undefined> => {
  if (!JSON.stringify(entry).includes('{elsewhere}')) return undefined
  const session = { openid: '{openid}', session_key: '{session_key}' }
  const answers = { '/sns/jscode2session': [{ json: session }] }
  const elsewhere = await startScriptedPlatform({ answers }, values)
  started.push(elsewhere)
  values.set('elsewhere', elsewhere.baseUrl)

  return elsewhere
}

const toSettings = (
  { baseUrl, ca }: ScriptedPlatform,
  { pushKeys = 0 }: ResilienceCase,
  values: Values,
): ClientSettings => {
  const named = (name: string) => values.get(name) ?? ''
  const keys = [named('push_key'), named('previous_push_key')]

  return {
    baseUrl,
    appid: named('appid'),
    secret: named('secret'),
    ...(ca !== undefined && { ca }),
    push: { token: named('push_token'), encodingAESKeys: keys.slice(0, pushKeys) },
  }
}

const createClients = async (adapter: ResilienceAdapter, settings: ClientSettings, nodes = 1) =>
  nodes === 1 ? [await adapter.createClient(settings)] : adapter.createNodes?.(settings, nodes)

/** The first operation that the case needs and the client lacks. */
const lackOf = ([client]: ResilienceClient[], { steps }: ResilienceCase) =>
  steps.find((step) => !client?.operations[step.do])?.do

const CLOSE_WITHIN_MS = 2_000

/** Closing the platform ends the calls a client waits for; a client that hangs is left behind. */
const closeAll = async (started: { close: () => unknown }[]) => {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_WITHIN_MS)
  })
  const closing = started.map(async ({ close }) => close())
  await Promise.race([Promise.allSettled(closing), enough])
  clearTimeout(timer)
}
