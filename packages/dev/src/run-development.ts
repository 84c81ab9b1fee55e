import { startApi } from './api-process.ts'
import { freePortFrom } from './free-port.ts'
import { startPhone } from './preview.ts'
import { describeRun } from './report.ts'
import { chooseWeChat } from './wechat.ts'

const DEFAULT_API_PORT = 3000

type Options = { root: string; env: NodeJS.ProcessEnv; print: (line: string) => void }

/** Starts WeChat's simulator, the API and the preview, and prints their addresses once ready. */
export const runDevelopment = async ({ root, env, print }: Options) => {
  const port = await freePortFrom('PORT', env.PORT ?? DEFAULT_API_PORT, print)
  const apiUrl = `http://127.0.0.1:${port}`
  const wechat = await chooseWeChat(env, print)
  const api = startApi({ root, env: { ...env, ...wechat.env, PORT: String(port) } })
  let closePreview = async () => {}

  const announce = async () => {
    await wechat.start()
    if (!(await api.ready(`${apiUrl}/readyz`))) return
    const { phone } = wechat
    const preview = phone && (await startPhone({ root, env, apiUrl, phone, print }))
    if (preview) closePreview = () => preview.close()
    describeRun({
      apiUrl,
      simulatorUrl: phone?.url ?? null,
      previewUrl: preview?.url ?? null,
    }).forEach(print)
  }
  const announced = announce().catch(async (error: unknown) => {
    await api.stop()
    throw error
  })
  const run = async () => {
    try {
      const [code] = await Promise.all([api.exited, announced])
      return code
    } finally {
      await Promise.all([closePreview(), wechat.close()])
    }
  }
  return { exited: run(), stop: () => api.stop() }
}
