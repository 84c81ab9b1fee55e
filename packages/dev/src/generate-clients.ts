import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Progress } from './progress.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo')

/** Generates the database clients if the schemas changed. What turbo writes is only of interest when it fails. */
export const generateClients = async (during: Progress): Promise<boolean> => {
  const child = spawn(
    process.execPath,
    [turbo, 'run', 'generate', '--output-logs=errors-only', '--log-prefix=none'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  process.once('exit', () => child.kill())
  const written: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => written.push(chunk))
  }
  const [code] = await during(
    'Generating the database clients (a second, or about 15 the first time)',
    once(child, 'close'),
  )
  if (code !== 0) process.stderr.write(Buffer.concat(written))
  return code === 0
}
