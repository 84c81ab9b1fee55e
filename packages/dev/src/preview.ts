import { join } from 'node:path'
import { freePortFrom } from './free-port.ts'
import type { SimulatedPhone } from './wechat.ts'

const DEFAULT_PREVIEW_PORT = 3200

type Options = {
  root: string
  env: NodeJS.ProcessEnv
  apiUrl: string
  phone: SimulatedPhone
  say(line: string): void
}

/** Serves the mini-program in a phone frame, signed in by the simulator and talking to this API. */
export const startPhone = async ({ root, env, apiUrl, phone, say }: Options) => {
  const port = await freePortFrom('PREVIEW_PORT', env.PREVIEW_PORT ?? DEFAULT_PREVIEW_PORT, say)
  // Loaded late: the compiler and the framework are not to hold up the first sign-in.
  const { createSimulatorPlatform, startPreview } = await import('@oa/miniprogram-host')
  const preview = await startPreview({
    projectPath: join(root, 'apps/miniprogram'),
    port,
    platform: createSimulatorPlatform(phone),
    extConfig: { apiBase: apiUrl },
  })
  const error = preview.compileError()
  if (error !== null) say(error)
  return preview
}
