import type { HostBindings } from '../host-bindings.ts'
import { toLogArgument } from '../plain.ts'

const CONSOLE_LEVELS = [
  'debug',
  'log',
  'info',
  'warn',
  'error',
  'trace',
  'group',
  'groupEnd',
] as const

/** The app's console: each line is sent as an event of the protocol. */
export const createConsole = (
  environment: Pick<HostBindings, 'emit' | 'now'>,
): Record<string, unknown> => {
  const timers = new Map<string, number>()
  const write = (type: string, args: unknown[]) =>
    environment.emit('App.logAdded', { type, args: args.map(toLogArgument) })
  const levels = CONSOLE_LEVELS.map((level) => [level, (...args: unknown[]) => write(level, args)])
  return {
    ...Object.fromEntries(levels),
    table: (...args: unknown[]) => write('log', args),
    dir: (...args: unknown[]) => write('log', args),
    assert: (holds: unknown, ...args: unknown[]) => {
      if (!holds) write('error', ['Assertion failed:', ...args])
    },
    time: (label = 'default') => void timers.set(label, environment.now()),
    timeEnd: (label = 'default') =>
      write('log', [`${label}: ${environment.now() - (timers.get(label) ?? environment.now())}ms`]),
  }
}

type Task = (...args: unknown[]) => void

/** The timer functions; an exception of a callback is reported as the app's. */
export const createTimers = (
  environment: HostBindings,
  onError: (error: unknown) => void,
): Record<string, unknown> => {
  const guarded =
    (task: Task, args: unknown[]): (() => void) =>
    () => {
      try {
        task(...args)
      } catch (error) {
        onError(error)
      }
    }
  return {
    setTimeout: (task: Task, milliseconds = 0, ...args: unknown[]) =>
      environment.setTimeout(guarded(task, args), milliseconds),
    setInterval: (task: Task, milliseconds = 0, ...args: unknown[]) =>
      environment.setInterval(guarded(task, args), milliseconds),
    clearTimeout: (id: number) => environment.clearTimeout(id),
    clearInterval: (id: number) => environment.clearInterval(id),
  }
}

const LANGUAGE_GLOBALS = (
  'Object Array String Number Boolean Symbol BigInt Math JSON Date RegExp Error TypeError RangeError ' +
  'SyntaxError ReferenceError EvalError URIError Promise Map Set WeakMap WeakSet Proxy Reflect ' +
  'ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array ' +
  'Uint32Array Float32Array Float64Array parseInt parseFloat isNaN isFinite encodeURIComponent ' +
  'decodeURIComponent encodeURI decodeURI NaN Infinity'
).split(' ')

/** The mini-program's `globalThis` with the language's globals, without those of the realm. */
export const createGlobalObject = (): Record<string, unknown> => {
  const realm = globalThis as unknown as Record<string, unknown>
  return Object.fromEntries(LANGUAGE_GLOBALS.map((name) => [name, realm[name]]))
}
