import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { bundleApi } from '@oa/test-servers/api-bundle'
import type { ApiProcess } from './api-process.ts'
import { startApi } from './api-process.ts'
import { databaseFile } from './check-environment.ts'
import { lockDatabase } from './database-lock.ts'
import { DEMO_ORG, foundDemoCompany } from './demo-company.ts'
import { freePortFrom } from './free-port.ts'
import { startPhone } from './preview.ts'
import type { Progress } from './progress.ts'
import { describeRun } from './report.ts'
import { readServiceToken } from './service-token.ts'
import type { SimulatedPhone } from './wechat.ts'
import { chooseWeChat } from './wechat.ts'

const DEFAULT_API_PORT = 3000

/** What is kept beside the database. */
const dataDirOf = (root: string, env: NodeJS.ProcessEnv) =>
  resolve(root, env.DATA_DIR || 'apps/api/.data')

/** An empty variable counts as absent. */
const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))

export type Options = {
  root: string
  print: (line: string) => void
  during: Progress
}

/** WeChat, the API and the preview on their ports. Only the API can be restarted alone. */
export type Session = {
  /** Rejects when something but the API cannot start; false when the API ended before it was ready. */
  started: Promise<boolean>
  /**
   * Resolves with true once the API is ready again. Rejects when its source cannot be bundled; then it
   * goes on as it was.
   */
  restartApi(env: NodeJS.ProcessEnv, changed: { source: boolean }): Promise<boolean>
  /** The exit code of the API, when it ended. */
  apiExited(): Promise<number>
  close(): Promise<void>
}

export const openSession = async (
  env: NodeJS.ProcessEnv,
  { root, print, during }: Options,
): Promise<Session> => {
  const port = await freePortFrom('PORT', env.PORT || DEFAULT_API_PORT, print)
  const apiUrl = `http://127.0.0.1:${port}`
  const file = databaseFile(env)
  const lock = file === null ? null : lockDatabase(file, apiUrl)
  const wechat = await chooseWeChat(env, print)
  const dataDir = dataDirOf(root, env)
  // With the real WeChat its credential would be behind it: there the developer has to ask for that.
  const serviceToken = wechat.phone && !env.INTERNAL_TOKENS ? readServiceToken(dataDir) : null
  const internal: NodeJS.ProcessEnv =
    serviceToken === null ? {} : { INTERNAL_TOKENS: `dev:${serviceToken}` }
  /** An empty DEMO_ORG switches the demo company off. */
  const apiEnv = (current: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    PUBLIC_URL: apiUrl,
    ...internal,
    ...withoutEmpty({ ...(wechat.phone && { DEMO_ORG }), ...current }),
    ...wechat.env,
  })
  let wasReady = false
  const bundle = () => bundleApi({ name: `dev-${shortHash(file ?? apiUrl)}`, sourceMaps: true })
  const runApi = (folder: string, current: NodeJS.ProcessEnv) =>
    startApi({
      folder,
      root,
      onEnd(code) {
        if (wasReady)
          print(`The API ended with code ${code}: waiting for a change of its files or .env.`)
      },
      env: {
        ...apiEnv(current),
        PORT: String(port),
      },
    })
  let bundled = await during('Bundling the API', bundle())
  let api: ApiProcess = runApi(bundled.folder, env)
  let closePreview = async () => {}

  const stopping = new AbortController()
  const foundDemo = async (phone: SimulatedPhone) => {
    if (apiEnv(env).DEMO_ORG !== DEMO_ORG) return
    const { folder } = bundled
    const { signal } = stopping
    try {
      await foundDemoCompany({ folder, root, env: apiEnv(env), apiUrl, phone, signal })
    } catch (error) {
      if (signal.aborted) return
      print(`There is no demo company: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const start = async () => {
    const [isReady] = await during(
      'Starting the API',
      Promise.all([api.ready(`${apiUrl}/readyz`), wechat.start(apiUrl)]),
    )
    if (!isReady) return false
    wasReady = true
    const { phone } = wechat
    const founding = phone ? foundDemo(phone) : Promise.resolve()
    const preview =
      phone &&
      (await during(
        'Compiling the mini-program',
        startPhone({ root, dataDir, env, apiUrl, phone, print }),
      ))
    if (preview) closePreview = () => preview.close()
    // The first time longer than the mini-program: who signs in at once is to find it.
    if (phone) await during('Founding the demo company', founding)
    describeRun({
      apiUrl,
      serviceToken,
      simulatorUrl: phone?.url ?? null,
      previewUrl: preview?.url ?? null,
    }).forEach(print)
    return true
  }
  const started = start()

  return {
    started,
    async restartApi(current, changed) {
      if (changed.source) bundled = await bundle()
      await api.stop()
      api = runApi(bundled.folder, current)
      return await during('Starting the API', api.ready(`${apiUrl}/readyz`))
    },
    apiExited: () => api.exited,
    async close() {
      stopping.abort()
      await api.stop()
      // What is still being compiled has nothing to close yet.
      await Promise.allSettled([started])
      await Promise.all([closePreview(), wechat.close(), bundled.remove()])
      lock?.release()
    },
  }
}

/** The same database has the same folder, so that a killed `dev` leaves none behind for ever. */
const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)
