import { checkProject } from './check/check.ts'
import { pageLines, summaryLines } from './check/print-report.ts'
import type { AutoCommand, CheckCommand, PreviewCommand } from './cli-options.ts'
import { parseCommand, USAGE } from './cli-options.ts'
import { CompileError } from './compile/compile-error.ts'
import { readProjectConfig } from './compile/project-config.ts'
import { startHost } from './host.ts'
import type { WeChatPlatform } from './platform/platform.ts'
import { createSimulatorPlatform, simulatorFault } from './platform/simulator-platform.ts'
import { startPreview } from './preview/preview.ts'

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const printError = (text: string): void => void process.stderr.write(`${text}\n`)

const main = async (): Promise<void> => {
  const command = parseCommand(process.argv.slice(2))
  if (command.kind === 'help') return print(USAGE)
  if (command.kind === 'auto') return runAuto(command)
  if (command.kind === 'preview') return runPreview(command)
  if (command.kind === 'check') return runCheck(command)
  printError(`${command.message}\n\n${USAGE}`)
  process.exitCode = 2
}

const runAuto = async ({ project, port, backend, simulator }: AutoCommand): Promise<void> => {
  const platform = await platformOf(simulator, project)
  if (platform === null) return
  const host = await startHost({ projectPath: project, port, backend, platform })
  for (const warning of host.warnings) printError(`warning: ${warning}`)
  host.events.on('console', ({ type, args }) =>
    print(`console.${type}: ${args.map(toText).join(' ')}`),
  )
  host.events.on('exception', ({ name, message, stack }) =>
    printError(`exception: ${stack || `${name}: ${message}`}`),
  )
  host.events.on('closed', () => process.exit(0))
  onSignal(() => host.close())
  print(`${project} is driven at ${host.wsEndpoint}`)
}

const runPreview = async ({ project, port, simulator }: PreviewCommand): Promise<void> => {
  const platform = await platformOf(simulator, project)
  if (platform === null) return
  const preview = await startPreview({ projectPath: project, port, platform })
  const error = preview.compileError()
  if (error !== null) printError(error)
  onSignal(async () => {
    await preview.close()
    process.exit(0)
  })
  print(`${project} is shown at ${preview.url}`)
}

const runCheck = async ({ project, ...options }: CheckCommand): Promise<void> => {
  const report = await checkProject({
    projectPath: project,
    ...options,
    onPage: (page) => pageLines(page).forEach(print),
  })
  summaryLines(report).forEach(print)
  process.exitCode = report.pages.every((page) => page.clean) ? 0 : 1
}

/** Null when the simulator cannot serve the project; the reason is printed then. */
const platformOf = async (
  simulator: AutoCommand['simulator'],
  project: string,
): Promise<WeChatPlatform | null> => {
  if (!simulator) return {}
  const options = { ...simulator, appid: simulator.appid || readProjectConfig(project).appId }
  const fault = await simulatorFault(options)
  if (fault === null) return createSimulatorPlatform(options)
  printError(fault)
  process.exitCode = 1
  return null
}

const toText = (arg: unknown): string => (typeof arg === 'string' ? arg : JSON.stringify(arg))

const onSignal = (close: () => Promise<void>): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
}

main().catch((error: unknown) => {
  const known = error instanceof CompileError
  printError(known ? error.message : String((error as Error)?.stack ?? error))
  process.exitCode = 1
})
