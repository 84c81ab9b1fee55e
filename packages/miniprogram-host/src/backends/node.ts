import { Worker } from 'node:worker_threads'
import type { Backend, BackendOptions } from './backend.ts'
import { appScripts, buildEntry, compileFunction, withoutCode } from './realm-scripts.ts'
import type { FromWorker, StartData, ToWorker } from './worker-messages.ts'

/** Runs a mini-program in a worker of this process, without a document. */
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
  const link = connect(worker, options)
  await link.started.catch(async (error: unknown) => {
    await worker.terminate()
    throw error
  })
  return {
    async dispatch(method, params) {
      const { functionDeclaration, ...rest } = params
      if (typeof functionDeclaration !== 'string') return link.dispatch(method, params)
      const { id, script } = compileFunction(functionDeclaration)
      link.send({ type: 'script', code: script })
      return link.dispatch(method, { ...rest, functionId: id })
    },
    screenshot: async () => {
      throw new Error('a screenshot needs the chromium backend; the node backend draws nothing')
    },
    async close() {
      await worker.terminate()
      link.end()
    },
  }
}

const connect = (worker: Worker, { services, onEvent }: BackendOptions) => {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  const send = (message: ToWorker): void => worker.postMessage(message)
  const answer = ({ id, service, params }: Extract<FromWorker, { type: 'call' }>): void => {
    services.call(service, params).then(
      (result) => send({ type: 'answer', id, result }),
      (error: unknown) =>
        send({ type: 'answer', id, error: error instanceof Error ? error.message : String(error) }),
    )
  }
  const finish = ({ id, result, error }: Extract<FromWorker, { type: 'result' }>): void => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) call?.resolve(typeof result === 'string' ? JSON.parse(result) : result)
    else call?.reject(new Error(error))
  }
  const started = new Promise<void>((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'started') resolve()
      else if (message.type === 'failed') {
        reject(Object.assign(new Error(message.error), { stack: message.stack }))
      } else if (message.type === 'event')
        onEvent(message.event, message.params as Record<string, unknown>)
      else if (message.type === 'call') answer(message)
      else finish(message)
    })
  })
  return {
    started,
    send,
    dispatch: (method: string, params: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        if (method === 'Host.getMemory') send({ type: 'memory', id })
        else send({ type: 'dispatch', id, method, params: JSON.stringify(params) })
      }),
    end() {
      for (const { reject } of waiting.values()) reject(new Error('the host was closed'))
      waiting.clear()
    },
  }
}
