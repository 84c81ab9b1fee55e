import { setTimeout } from 'node:timers/promises'
import type { Bundle } from '../compile/bundle.ts'
import { runProgram } from '../host.ts'
import type { ExceptionMessage } from '../host-events.ts'
import type { CheckOptions, PageReport } from './report.ts'

const SETTLE_MILLISECONDS = 500
const WARNING = 'miniprogram-host: '

/** Starts the mini-program on one page, waits, and reports what happened. */
export const openPage = async (
  bundle: Bundle,
  path: string,
  { settle = SETTLE_MILLISECONDS, online = false, onPage, ...options }: CheckOptions,
): Promise<PageReport> => {
  const problems = new Set<string>()
  const gaps = new Set<string>()
  try {
    const networkType = online ? 'wifi' : 'none'
    const program = await runProgram(bundle, { ...options, networkType, launch: { path } })
    program.events.on('exception', (exception) => {
      // Scripts of other pages are loaded too; those of this one are among its faults.
      if (exception.unit === undefined && !isOffline(exception)) problems.add(textOf(exception))
    })
    program.events.on('console', ({ args: [first] }) => {
      if (typeof first === 'string' && first.startsWith(WARNING))
        gaps.add(first.slice(WARNING.length))
    })
    try {
      await setTimeout(settle)
      const { faults } = (await program.send('Host.getUi')) as { faults: string[] }
      for (const fault of faults) problems.add(fault)
      const shown = (await program.send('App.getCurrentPage')) as { path: string }
      if (shown.path !== path) gaps.add(`the app went on to ${shown.path}`)
    } finally {
      await program.close()
    }
  } catch (error) {
    problems.add(error instanceof Error ? error.message : String(error))
  }
  return { path, clean: problems.size === 0, problems: [...problems], gaps: [...gaps] }
}

/** Offline, requests of the app fail; what it does not catch of that is no fault of its page. */
const isOffline = ({ message }: ExceptionMessage): boolean =>
  /\w:fail (?:net::ERR_INTERNET_DISCONNECTED|the cloud of the app cannot be reached)/.test(message)

const textOf = ({ name, message, stack }: ExceptionMessage): string => {
  const place = /\(?([\w./@-]+\.[jt]s:\d+:\d+)\)?$/m.exec(stack)?.[1]
  return place === undefined ? `${name}: ${message}` : `${name}: ${message} (${place})`
}
