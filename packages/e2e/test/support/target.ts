import type { HostOptions } from '@oa/miniprogram-host'
import { startHost } from '@oa/miniprogram-host'
import automator from 'miniprogram-automator'
import { PROJECT } from './project.ts'

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

/** What is asked of WeChat on behalf of the phone, where the target has no WeChat of its own. */
export type WeChat = NonNullable<HostOptions['platform']>

/** A mini-program that runs somewhere and is driven by the real SDK. */
export interface Target {
  readonly program: MiniProgram
  /** Whether wx.login is answered by the WeChat that the target was given. */
  readonly hasWeChat: boolean
  readonly canDraw: boolean
  /** Whether `restart` really closes the mini-program, and can give it another look. */
  readonly canClose: boolean
  /** Opens the mini-program as after it was closed: what it stored is there, nothing else is. */
  restart(look?: Look): Promise<void>
  close(): Promise<void>
}

export type Look = Pick<HostOptions, 'theme' | 'fontSizeSetting' | 'systemInfo'>

interface Options {
  wechat: WeChat
  /** What the mini-program finds stored at its first start. */
  storage: Record<string, unknown>
}

/** Opens the mini-program on the target that `MP_TARGET` names; `wsEndpoint` is where DevTools listens. */
export const openTarget = (options: Options, wsEndpoint: string | undefined): Promise<Target> => {
  const name = process.env.MP_TARGET || 'headless'
  if (name === 'headless') return openHost(options, 'node')
  if (name === 'headless-chromium') return openHost(options, 'chromium')
  if (wsEndpoint) return openDevTools(options, wsEndpoint)
  throw new Error(`MP_TARGET=${name}: use headless, headless-chromium, devtools or connect`)
}

const openHost = async (
  { wechat, storage }: Options,
  backend: 'node' | 'chromium',
): Promise<Target> => {
  const start = async (stored: Record<string, unknown>, look: Look) => {
    const host = await startHost({
      projectPath: PROJECT,
      backend,
      platform: wechat,
      storage: stored,
      ...look,
    })
    const program = await automator.connect({ wsEndpoint: host.wsEndpoint })

    return { host, program }
  }
  let { host, program } = await start(storage, {})
  const close = async () => {
    program.disconnect()
    await host.close()
  }

  return {
    get program() {
      return program
    },
    hasWeChat: true,
    canDraw: backend === 'chromium',
    canClose: true,
    close,
    async restart(look = {}) {
      await close()
      const stored = Object.entries(host.storage).map(([key, json]) => [key, JSON.parse(json)])
      ;({ host, program } = await start(Object.fromEntries(stored), look))
    },
  }
}

/** A DevTools that is open already; it cannot be told to close the mini-program. */
const openDevTools = async ({ storage }: Options, wsEndpoint: string): Promise<Target> => {
  const program = await automator.connect({ wsEndpoint })
  await program.callWxMethod('clearStorageSync')
  for (const [key, value] of Object.entries(storage)) {
    await program.callWxMethod('setStorageSync', key, value)
  }

  return {
    program,
    hasWeChat: false,
    canDraw: false,
    canClose: false,
    async close() {
      program.disconnect()
    },
    /** What a start does, once more; what the mini-program keeps in memory stays. */
    async restart() {
      await program.evaluate(() => getApp().onLaunch())
      await program.callWxMethod('reLaunch', { url: '/pages/index/index' })
    },
  }
}

declare const getApp: () => { onLaunch(): void }
