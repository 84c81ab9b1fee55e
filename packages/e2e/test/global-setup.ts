import type { TestProject } from 'vitest/node'
import { PROJECT } from './support/project.ts'
import type { Stack } from './support/stack.ts'
import { startStack } from './support/stack.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Shared by all files, since an API takes longer to start than most of them to run. */
    stack: Stack
    /** Address of the automation port of DevTools, when that is the target. */
    wsEndpoint: string | undefined
  }
}

/** Starts what all files share. */
export default async (project: TestProject) => {
  const { stack, close } = await findStack()
  project.provide('stack', stack)
  const devTools = process.env.MP_TARGET === 'devtools' ? await launchDevTools() : undefined
  project.provide('wsEndpoint', devTools?.wsEndpoint ?? process.env.MP_WS)

  return async () => {
    await devTools?.close()
    await close()
  }
}

/** Uses the stack that `MP_STACK` names, or starts one. */
const findStack = async () => {
  const { MP_STACK } = process.env
  if (!MP_STACK) return startStack()

  return { stack: JSON.parse(MP_STACK) as Stack, close: async () => {} }
}

const DEVTOOLS_PORT = 9420

const launchDevTools = async () => {
  const { default: automator } = await import('miniprogram-automator')
  const { WECHAT_DEVTOOLS_CLI: cliPath } = process.env
  const options: Parameters<typeof automator.launch>[0] = {
    projectPath: PROJECT,
    port: DEVTOOLS_PORT,
    trustProject: true,
    timeout: 120_000,
  }
  if (cliPath) options.cliPath = cliPath
  const program = await automator.launch(options)

  const wsEndpoint = `ws://127.0.0.1:${DEVTOOLS_PORT}`
  // Each test file connects by itself.
  program.disconnect()

  return { wsEndpoint, close: async () => (await automator.connect({ wsEndpoint })).close() }
}
