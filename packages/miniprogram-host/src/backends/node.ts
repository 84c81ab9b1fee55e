import { Worker } from 'node:worker_threads'
import type { Backend, BackendOptions } from './backend.ts'
import { createRealmLink } from './realm-link.ts'
import type { FromRealm, StartData } from './realm-messages.ts'
import { appScripts, buildEntry, compileFunction, withoutCode } from './realm-scripts.ts'

/** Runs a mini-program in a worker thread of this process, without a document. */
export const createNodeBackend = async (options: BackendOptions): Promise<Backend> => {
  const [workerScript, runtimeScript] = await Promise.all([
    buildEntry('./node-worker', 'node'),
    buildEntry('./headless-entry', 'browser'),
  ])
  const workerData: StartData = {
    runtimeScript,
    scripts: appScripts(options.bundle),
    bundle: JSON.stringify(withoutCode(options.bundle)),
    options: JSON.stringify(options.runtime),
  }
  const worker = new Worker(workerScript, { eval: true, workerData })
  const link = createRealmLink((message) => worker.postMessage(message), options)
  worker.on('message', (message: FromRealm) => link.receive(message))
  worker.on('error', (error: Error) => link.end(error))
  worker.on('exit', () => link.end(new Error('the mini-program’s worker has ended')))
  await link.started.catch(async (error: unknown) => {
    await worker.terminate()
    throw error
  })
  return {
    dispatch(method, params) {
      const { functionDeclaration, ...rest } = params
      if (method === 'Host.getMemory') return link.memory()
      if (typeof functionDeclaration !== 'string') return link.dispatch(method, params)
      const { id, script } = compileFunction(functionDeclaration)
      worker.postMessage({ type: 'script', code: script })
      return link.dispatch(method, { ...rest, functionId: id })
    },
    screenshot: async () => {
      throw new Error('a screenshot needs the chromium backend; the node backend draws nothing')
    },
    async close() {
      link.end(new Error('the host was closed'))
      await worker.terminate()
    },
  }
}
