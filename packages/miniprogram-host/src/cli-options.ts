import { parseArgs } from 'node:util'
import type { SimulatorOptions } from './platform/simulator-platform.ts'

export const USAGE = `Usage: miniprogram-host auto --project <folder> [options]
       miniprogram-host preview --project <folder> [options]
       miniprogram-host check <folder> [options]

auto runs a WeChat mini-program and serves the automation protocol of WeChat DevTools,
with the arguments of its command line, so that automator.launch({ cliPath }) works.
preview shows it in a phone frame to browsers of this machine.
check opens each of its pages on its own and says which open clean; it ends with 1 when one does not.

  --project <folder>     folder that holds project.config.json
  --auto-port <port>     auto: port of the automation protocol (9420)
  --port <port>          preview: port of the page (4000); auto accepts it without effect
  --backend <name>       auto, check: node (default) or chromium, with layout and screenshots
  --settle <ms>          check: how long each page stays open (500)
  --online               check: send the app's requests; otherwise the phone is offline
  --simulator <url>      WeChat simulator that answers wx.login and its relatives
  --appid <appid>        appid by which the simulator knows the mini-program (that of the project)
  --person <name>        the simulator's person who holds the phone
  --trust-project        accepted as DevTools does; every project is trusted here
  --auto-account, --ticket, --lang   accepted, without effect
  --help                 this text`

export type Command =
  | { kind: 'help' }
  | { kind: 'mistake'; message: string }
  | AutoCommand
  | PreviewCommand
  | CheckCommand

export interface CheckCommand {
  kind: 'check'
  project: string
  backend: 'node' | 'chromium'
  /** Milliseconds. */
  settle: number
  online: boolean
}

export interface PreviewCommand {
  kind: 'preview'
  project: string
  port: number
  simulator: SimulatorOptions | null
}

export interface AutoCommand {
  kind: 'auto'
  project: string
  port: number
  backend: 'node' | 'chromium'
  simulator: SimulatorOptions | null
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const OPTIONS = {
  project: text,
  'auto-port': text,
  backend: text,
  simulator: text,
  appid: text,
  person: text,
  'auto-account': text,
  ticket: text,
  lang: text,
  port: text,
  settle: text,
  online: flag,
  'trust-project': flag,
  help: flag,
}

/** Parses the command line. A `mistake` names the argument that is missing or wrong. */
export const parseCommand = (args: string[]): Command => {
  const parsed = readArguments(args)
  if (typeof parsed === 'string') return mistake(parsed)
  const { values, positionals } = parsed
  if (values.help || positionals[0] === 'help') return { kind: 'help' }
  const [name = '', extra, more] = positionals
  if (name === '') return mistake('a command is missing')
  if (name !== 'auto' && name !== 'preview' && name !== 'check') {
    return mistake(`unknown command "${name}"`)
  }
  if (more !== undefined || (extra !== undefined && name !== 'check')) {
    return mistake(`unexpected argument "${more ?? extra}"`)
  }
  const { project = extra, backend = process.env.MP_BACKEND ?? 'node' } = values
  if (project === undefined) return mistake('--project is missing')
  if (backend !== 'node' && backend !== 'chromium') return mistake(`unknown backend "${backend}"`)
  if (name === 'check') {
    const settle = Number(values.settle ?? DEFAULT_SETTLE)
    if (!Number.isInteger(settle) || settle < 0) return mistake('--settle is no time')
    return { kind: 'check', project, backend, settle, online: values.online === true }
  }
  const option = name === 'auto' ? 'auto-port' : 'port'
  const port = Number(values[option] ?? DEFAULT_PORTS[option])
  if (!Number.isInteger(port) || port < 0 || port > 65535) return mistake(`--${option} is no port`)
  const simulator = simulatorOf(values)
  return name === 'auto'
    ? { kind: 'auto', project, port, backend, simulator }
    : { kind: 'preview', project, port, simulator }
}

const DEFAULT_SETTLE = 500
const DEFAULT_PORTS = { 'auto-port': 9420, port: 4000 }

type Values = Partial<Record<'simulator' | 'appid' | 'person', string>>

const simulatorOf = ({ simulator, appid = '', person = '' }: Values): SimulatorOptions | null =>
  simulator === undefined ? null : { url: simulator, appid, person }

const readArguments = (args: string[]) => {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const mistake = (message: string): Command => ({ kind: 'mistake', message })
