import { generateClients } from './generate-clients.ts'
import { createProgress } from './progress.ts'
import { listenForStop } from './terminal.ts'

/** What `pnpm dev` runs: speaks before anything is loaded that takes time. */
const print = (line: string) => void process.stdout.write(`${line}\n`)

print('Starting oa-mini: the API, an offline WeChat and the mini-program. Ctrl-C stops all of it.')
const stopListening = listenForStop(() => process.exit(0))
const generated = await generateClients(createProgress(print)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return false
})
stopListening()
if (generated) await import('./main.ts')
else process.exitCode = 1
