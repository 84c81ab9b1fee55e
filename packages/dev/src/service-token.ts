import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'dev-service-token'
const BYTES = 32

/** The token of another service of the company in development: drawn once, so that what was noted keeps working. */
export const readServiceToken = (dataDir: string): string => {
  const path = join(dataDir, FILE)
  mkdirSync(dataDir, { recursive: true })
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    const token = randomBytes(BYTES).toString('base64')
    writeFileSync(path, `${token}\n`, { mode: 0o600 })
    return token
  }
}
