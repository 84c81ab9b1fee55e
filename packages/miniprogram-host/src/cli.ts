import { parseCommand, USAGE } from './cli-options.ts'
import { CompileError } from './compile/compile-error.ts'
import { startHost } from './host.ts'
import { createSimulatorPlatform } from './platform/simulator-platform.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

const main = async (): Promise<void> => {
  const command = parseCommand(process.argv.slice(2))
  if (command.kind === 'help') return say(USAGE)
  if (command.kind === 'mistake') {
    complain(`${command.message}\n\n${USAGE}`)
    process.exitCode = 2
    return
  }
  const host = await startHost({
    projectPath: command.project,
    port: command.port,
    backend: command.backend,
    ...(command.simulator ? { platform: createSimulatorPlatform(command.simulator) } : {}),
  })
  for (const warning of host.warnings) complain(`warning: ${warning}`)
  say(`${command.project} is driven at ${host.wsEndpoint}`)
  host.events.on('closed', () => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void host.close())
}

main().catch((error: unknown) => {
  const known = error instanceof CompileError
  complain(known ? error.message : String((error as Error)?.stack ?? error))
  process.exitCode = 1
})
