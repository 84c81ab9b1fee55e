import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleApi } from '@oa/test-servers/api-bundle'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import { startSimulator } from '@oa/wechat-simulator'
import type { ApiProgram } from './api-process.ts'
import { startApiProcess } from './api-process.ts'
import { APP_ID } from './project.ts'
import { TEMPLATES, templatesVariable } from './templates.ts'

/** Addresses of a running API and its WeChat, as plain data that can be passed to workers. */
export interface Stack extends ApiProgram {
  apiUrl: string
  simulatorUrl: string
}

const PUSH_TOKEN = 'pushtoken0123456'

/** Starts a simulated WeChat, and an API with an empty database that uses it. */
export const startStack = async (bundled?: string) => {
  const bundle = bundled === undefined ? await bundleApi() : undefined
  const apiFolder = bundled ?? bundle?.folder ?? ''
  const folder = await mkdtemp(join(quickTmpdir(), 'oa-e2e-'))
  const secret = randomBytes(16).toString('hex')
  const simulator = await startSimulator({
    apps: [{ appid: APP_ID, secret }],
    acceptNamedCodes: true,
  })
  for (const template of TEMPLATES) {
    await simulator.control.addTemplate({ appid: APP_ID, ...template })
  }
  const apiEnv = {
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: folder,
    WX_APPID: APP_ID,
    WX_SECRET: secret,
    WX_API_BASE: simulator.url,
    WX_PUSH_TOKEN: PUSH_TOKEN,
    WX_TEMPLATES: templatesVariable(),
    // WeChat would fetch pictures there to judge them.
    PUBLIC_URL: 'https://oa.example.com',
    JWT_KEYS: `jwt-1:${randomBytes(32).toString('base64')}`,
    SESSION_KEYS: `seal-1:${randomBytes(32).toString('base64')}`,
  }
  const withoutApi = async () => {
    await simulator.close()
    await bundle?.remove()
    await rm(folder, { recursive: true, force: true })
  }
  const api = await startApiProcess({ apiFolder, apiEnv }).catch(async (error: unknown) => {
    await withoutApi()
    throw error
  })
  const push = { url: `${api.url}/wx/push`, token: PUSH_TOKEN }
  await simulator.control.changeApp({ appid: APP_ID, push })
  const stack: Stack = { apiUrl: api.url, simulatorUrl: simulator.url, apiFolder, apiEnv }

  return {
    stack,
    advanceClock: api.advanceClock,
    async close() {
      await api.stop()
      await withoutApi()
    },
  }
}
