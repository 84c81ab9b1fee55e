import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, expect, vi } from 'vitest'
import { makeDataDir, startDevProcess, takePort } from './dev-process.ts'

export const TIMEOUT_MS = 60_000
export const run = promisify(execFile)

/** To be called once in a test file: what its tests start is ended after each of them. */
export const useDev = () => {
  const cleanUp: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step()
  })

  return {
    cleanUp,
    /** Resolves once everything runs. */
    async start(env: Record<string, string>, options?: Parameters<typeof startDevProcess>[1]) {
      const ports = {
        SIMULATOR_PORT: await freePort(),
        PORT: await freePort(),
        PREVIEW_PORT: await freePort(),
      }
      const dev = startDevProcess({ ...ports, ...env }, options)
      cleanUp.push(() => dev.stop())
      await vi.waitFor(() => expect(dev.said()).toMatch(/^Sign in as carol/m), TIMEOUT_MS - 5_000)
      return dev
    },
    async dataDir() {
      const folder = await makeDataDir()
      cleanUp.push(folder.remove)
      return { DATA_DIR: folder.path }
    },
  }
}

export const freePort = async () => {
  const taken = await takePort()
  await taken.free()
  return String(taken.port)
}

let drawn = 0

/** Runs the printed line in a shell, as a newcomer would. */
export const signInAsPrinted = async (said: string) => {
  const line = said.split('\n').find((text) => text.startsWith('Sign in as carol')) ?? ''
  // A code that was just used is refused; what follows a tilde makes it another.
  const command = line.replace('Sign in as carol', '').replace('e2e-carol', `e2e-carol~${drawn++}`)
  const { stdout } = await run('sh', ['-c', command])
  return JSON.parse(stdout) as { errno: number; data: { token: string; tokenExpire: string } }
}
