import type { Bundle } from '../compile/bundle.ts'
import type { Environment } from '../runtime/environment.ts'
import type { HostBindings } from '../runtime/host-bindings.ts'
import { realm } from '../runtime/main.ts'
import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import { createHeadlessView } from '../runtime/view/headless-view.ts'

/**
 * Starts the runtime in a `vm` context of Node. Values from the host are copied as JSON, because an
 * array of another realm is not an instance of this realm's Array.
 */
const startHeadless = async (host: HostBindings, bundle: Bundle, options: RuntimeOptions) => {
  const environment: Environment = {
    ...host,
    call: (service, params) =>
      host.call(service, params).then(
        (result) => (result === undefined ? null : JSON.parse(JSON.stringify(result))),
        (error: Error) => {
          throw new Error(error.message)
        },
      ),
    listen: (name, listener) =>
      host.listen(name, (params) => listener(JSON.parse(JSON.stringify(params)))),
    view: createHeadlessView(),
  }
  Object.assign(globalThis, {
    setTimeout: (task: () => void, milliseconds: number) => host.setTimeout(task, milliseconds),
  })
  const running = await realm.start(bundle, environment, options)
  return {
    ...running,
    dispatch: (method: string, params: string) => running.dispatch(method, JSON.parse(params)),
  }
}

Object.assign(globalThis, { __startHeadless: startHeadless })
