import type { HostOptions } from '@oa/miniprogram-host'
import { startHost } from '@oa/miniprogram-host'
import automator from 'miniprogram-automator'
import { PROJECT } from './project.ts'

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

/** WeChat's services for a target that has none of its own. */
export type WeChat = NonNullable<HostOptions['platform']>

/** A running mini-program, driven by the unmodified SDK. */
export interface Target {
  readonly program: MiniProgram
  /** Whether the target's wx.login is answered by the simulated WeChat. */
  readonly hasWeChat: boolean
  readonly canDraw: boolean
  /** Whether `restart` really closes the mini-program, and can change theme, font and system. */
  readonly canClose: boolean
  /** Restarts the mini-program: what it stored is there, what it had in memory is not. */
  restart(look?: Look): Promise<void>
  close(): Promise<void>
}

export type Look = Pick<HostOptions, 'theme' | 'fontSizeSetting' | 'systemInfo'>

interface Options {
  wechat: WeChat
  /** The storage at the first start. */
  storage: Record<string, unknown>
}

/** Opens the mini-program on `MP_TARGET`; `wsEndpoint` is the automation port of DevTools. */
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

/** A DevTools that is open already; it cannot close the mini-program. */
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
    /** Runs `onLaunch` again; what the mini-program has in memory stays. */
    async restart() {
      await program.evaluate(() => getApp().onLaunch())
      await program.callWxMethod('reLaunch', { url: '/pages/index/index' })
    },
  }
}

declare const getApp: () => { onLaunch(): void }
