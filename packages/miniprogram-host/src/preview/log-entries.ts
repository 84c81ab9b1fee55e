import type { LogEntry } from './messages.ts'

/** The console panel's entry for an event; null for events that it does not show. */
export const describeEvent = (
  event: string,
  params: Record<string, unknown>,
  mapStack: (stack: string) => string,
): Omit<LogEntry, 'at'> | null => {
  if (event === 'App.exceptionThrown') {
    const text = String(params.stack || `${params.name}: ${params.message}`)
    return { kind: 'exception', level: 'error', text: mapStack(text) }
  }
  if (event === 'Host.requestFailed') {
    const text = `${params.method} ${params.url}  ${params.reason}`
    return { kind: 'network', level: 'error', text }
  }
  if (event !== 'App.logAdded') return null
  const args = Array.isArray(params.args) ? params.args : []
  return { kind: 'console', level: String(params.type), text: args.map(toText(mapStack)).join(' ') }
}

const toText =
  (mapStack: (stack: string) => string) =>
  (arg: unknown): string =>
    typeof arg === 'string' ? mapStack(arg) : JSON.stringify(arg)
