import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'dev-secrets.json'
const KEY_BYTES = 32

export type DevSecrets = { JWT_KEYS: string; SESSION_KEYS: string }

/**
 * The secrets of a development machine: drawn once and kept in `dataDir`, readable by its owner
 * alone, so that a restart ends no session.
 */
export const readDevSecrets = (dataDir: string): DevSecrets => {
  const path = join(dataDir, FILE)
  mkdirSync(dataDir, { recursive: true })
  const made: DevSecrets = { JWT_KEYS: drawKey(), SESSION_KEYS: drawKey() }
  try {
    // `wx`: of two processes that start at once, one writes and both read the same.
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    if (!isTaken(error)) throw error
  }
  const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isDevSecrets(kept))
    throw new Error(`${path} is damaged: delete it; every user has to sign in again`)
  return kept
}

const drawKey = () => `dev:${randomBytes(KEY_BYTES).toString('base64')}`

const isTaken = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'

const isDevSecrets = (value: unknown): value is DevSecrets =>
  typeof value === 'object' &&
  value !== null &&
  'JWT_KEYS' in value &&
  typeof value.JWT_KEYS === 'string' &&
  'SESSION_KEYS' in value &&
  typeof value.SESSION_KEYS === 'string'
