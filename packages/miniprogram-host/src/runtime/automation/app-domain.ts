import { toPlain } from '../plain.ts'
import type { PageRecord } from '../router/page-record.ts'
import type { AutomationRuntime, CompiledFunctions, Domain, Params } from './domain.ts'
import { createMocks, isSynchronous } from './mocks.ts'

/** The methods `App.*`: pages, wx, and functions that a test runs in the app. */
export const appDomain = (runtime: AutomationRuntime, functions: CompiledFunctions): Domain => {
  const { router, environment } = runtime
  const mocks = createMocks(runtime)
  const compiled = (params: Params) => {
    const run = functions[String(params.functionId)]
    if (!run) throw new Error('functionDeclaration is missing')
    return run as (...values: unknown[]) => unknown
  }
  return {
    'App.getCurrentPage': () => {
      const page = router.top()
      if (!page) throw new Error('no page is open')
      return pageInfo(page)
    },
    'App.getPageStack': () => ({ pageStack: router.stack.map(pageInfo) }),
    'App.callWxMethod': async (params) => {
      refusePlugin('App.callWxMethod', params)
      return { result: toPlain(await callWx(runtime, String(params.method), listOf(params.args))) }
    },
    'App.mockWxMethod': (params) => {
      refusePlugin('App.mockWxMethod', params)
      const method = String(params.method)
      if (params.functionId !== undefined) {
        const replacement = compiled(params)
        const extra = listOf(params.args)
        mocks.replace(method, (origin, values) => replacement.call({ origin }, ...values, ...extra))
      } else if ('result' in params) mocks.replace(method, () => params.result)
      else mocks.restore(method)
      return {}
    },
    'App.callFunction': async (params) => {
      refusePlugin('App.callFunction', params)
      return { result: toPlain(await compiled(params)(...listOf(params.args))) }
    },
    'App.addBinding': ({ name }) => {
      const binding = (...args: unknown[]) =>
        environment.emit('App.bindingCalled', { name, args: args.map(toPlain) })
      for (const scope of [runtime.globals, runtime.globals.globalThis, globalThis]) {
        Object.assign(scope as object, { [String(name)]: binding })
      }
      return {}
    },
    'App.enableLog': () => ({}),
  }
}

const pageInfo = ({ id, path, query }: PageRecord) => ({ pageId: id, path, query })

/** The error message of a failure is its errMsg without the function's name, as in DevTools. */
const callWx = (runtime: AutomationRuntime, method: string, args: unknown[]): unknown => {
  const call = runtime.wx[method]
  if (typeof call !== 'function') throw new Error(`wx.${method} not exists`)
  if (isSynchronous(method)) return call(...args)
  return new Promise((resolve, reject) => {
    const [options, ...rest] = args
    const fail = (failed: { errMsg?: string }) =>
      reject(new Error(String(failed?.errMsg ?? failed).replace(`${method}:fail `, '')))
    call({ ...(options as object), success: resolve, fail }, ...rest)
  })
}

const refusePlugin = (method: string, { pluginId }: Params): void => {
  if (pluginId !== undefined) throw new Error(`${method} of a plugin unimplemented`)
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
