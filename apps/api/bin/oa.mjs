#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// The built command; in a checkout that was not built, its source.
const built = new URL('../dist/cli.js', import.meta.url)
if (existsSync(built)) await import(built.href)
else await runSource()

/** In a process of its own: Node takes the condition under which packages have sources at its start only. */
async function runSource() {
  const source = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
  const options = ['--conditions=source', '--import', import.meta.resolve('tsx')]
  const command = spawn(process.execPath, [...options, source, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // A Ctrl-C in a terminal reaches the command as well, which ends this process by its end.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => command.kill(signal))
  const [code] = await once(command, 'exit')
  process.exitCode = code ?? 1
}
