import { join } from 'node:path'
import { freePortFrom } from './free-port.ts'
import type { SimulatedPhone } from './wechat.ts'

const DEFAULT_PREVIEW_PORT = 3200

type Options = {
  root: string
  dataDir: string
  env: NodeJS.ProcessEnv
  apiUrl: string
  phone: SimulatedPhone
  print(line: string): void
}

/** Serves the mini-program in a phone frame, with the simulator as WeChat and this API. */
export const startPhone = async ({ root, dataDir, env, apiUrl, phone, print }: Options) => {
  const port = await freePortFrom('PREVIEW_PORT', env.PREVIEW_PORT ?? DEFAULT_PREVIEW_PORT, print)
  // Loaded on demand, because compiler and framework would delay the start of the API.
  const { createSimulatorPlatform, startPreview } = await import('@oa/miniprogram-host')
  const preview = await startPreview({
    projectPath: join(root, 'apps/miniprogram'),
    port,
    platform: createSimulatorPlatform(phone),
    extConfig: { apiBase: apiUrl },
    storageFile: join(dataDir, 'preview-storage.json'),
  })
  const error = preview.compileError()
  if (error !== null) print(error)
  return preview
}
