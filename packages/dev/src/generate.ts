import { generateClients } from './generate-clients.ts'
import { createProgress } from './progress.ts'

/** What `pnpm install` ends with. */
const print = (line: string) => void process.stdout.write(`${line}\n`)

process.exitCode = (await generateClients(createProgress(print))) ? 0 : 1
