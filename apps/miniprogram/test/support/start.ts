import { vi } from 'vitest'
import type { startApi } from './api'
import type { Wechat } from './wechat'
import { createWechat } from './wechat'

type Definition = WechatMiniprogram.IAnyObject
export type Instance = WechatMiniprogram.IAnyObject

type Start = {
  /** Base of the API; by default that of the build. */
  base?: string
  prepare?: (wechat: Wechat) => void
}

/** Starts the mini-program around a `wx` of its own; modules keep no state of an earlier start. */
export const start = async ({ base, prepare }: Start = {}) => {
  vi.resetModules()
  const wechat = createWechat()
  prepare?.(wechat)
  const app: { globalData: Definition } & Definition = { globalData: { apiBase: base } }
  const pages: Instance[] = []
  let defined: Definition = {}
  const known = new Map<string, Definition>()
  /** As in WeChat, a module is evaluated once, however often its page is opened. */
  const definitionOf = async (path: string): Promise<Definition> => {
    if (!known.has(path)) {
      await load(path)
      known.set(path, defined)
    }
    return known.get(path) ?? {}
  }
  const define = (definition: Definition) => {
    defined = definition
  }
  vi.stubGlobal('wx', wechat.wx)
  vi.stubGlobal('getApp', () => app)
  vi.stubGlobal('getCurrentPages', () => pages)
  vi.stubGlobal('App', define)
  vi.stubGlobal('Page', define)
  vi.stubGlobal('Component', define)

  const modules = {
    ...(await import('../../miniprogram/utils/util')),
    ...(await import('../../miniprogram/utils/user')),
    ...(await import('../../miniprogram/auth/session')),
  }

  return {
    wechat,
    app,
    pages,
    ...modules,
    /** Runs app.ts as WeChat does at a cold start. */
    async launch() {
      await import('../../miniprogram/app')
      app.onLaunch = defined.onLaunch
      app.onLaunch()
    },
    /** Opens a page and puts it on top of the stack. */
    async openPage(path: string, query: Record<string, string> = {}): Promise<Instance> {
      const page = instantiate(await definitionOf(path))
      pages.push(page)
      const { openerEvents, openedEvents } = wechat.state
      page.getOpenerEventChannel = () => ({
        emit: (event: string, value: unknown) => openerEvents[event]?.(value),
        on: (event: string, listener: (value: unknown) => void) => {
          if (event in openedEvents) listener(openedEvents[event])
        },
      })
      page.onLoad?.(query)
      page.onShow?.()
      return page
    },
    async attachComponent(name: string): Promise<Instance> {
      const definition = await definitionOf(`components/${name}/${name}`)
      const component = instantiate({ ...definition, ...definition.methods })
      component.events = []
      component.triggerEvent = (event: string) => component.events.push(event)
      component.set = (properties: Definition) => {
        component.setData(properties)
        for (const [names, observer] of Object.entries<(...values: unknown[]) => void>(
          definition.observers ?? {},
        )) {
          observer.apply(
            component,
            names.split(', ').map((property) => component.data[property]),
          )
        }
      }
      definition.lifetimes?.attached?.call(component)
      component.detach = () => definition.lifetimes?.detached?.call(component)
      return component
    },
  }
}

export type Running = Awaited<ReturnType<typeof start>>

const load = (path: string) =>
  import(/* @vite-ignore */ new URL(`../../miniprogram/${path}.ts`, import.meta.url).pathname)

/** `setData` copies, like the bridge between WeChat's two threads. */
const instantiate = (definition: Definition): Instance => {
  const instance: Instance = { ...definition, data: structuredClone(definition.data), patches: 0 }
  instance.setData = (patch: Definition) => {
    instance.patches += 1
    Object.assign(instance.data, structuredClone(patch))
  }

  return instance
}

/** Stores a session, as of an earlier start. */
export const signedIn =
  (base: string, token = 'token-0') =>
  (wechat: Wechat) => {
    const stored = {
      token,
      tokenBase: `develop ${base}`,
      tokenExpire: '2100-01-01T00:00:00.000Z',
      userInfo: { nickName: '小明', avatarUrl: '', gender: 0 },
    }
    for (const [key, value] of Object.entries(stored)) wechat.wx.setStorageSync(key, value)
  }

/** Starts for a signed-in user, and opens `path` on top of another page. */
export const openSignedIn = async (
  api: Awaited<ReturnType<typeof startApi>>,
  path: string,
  prepare: (wechat: Wechat) => void = () => {},
  query: Record<string, string> = {},
) => {
  api.validTokens.add('token-0')
  const running = await start({
    base: api.base,
    prepare: (wechat) => {
      signedIn(api.base)(wechat)
      prepare(wechat)
    },
  })
  running.pages.push({})
  const page = await running.openPage(path, query)

  return { api, page, ...running }
}
