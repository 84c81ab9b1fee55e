import { startApi } from './api-process.ts'
import { freePortFrom } from './free-port.ts'
import { describeRun } from './report.ts'
import { chooseWeChat } from './wechat.ts'

const DEFAULT_API_PORT = 3000

type Surroundings = { root: string; env: NodeJS.ProcessEnv; say: (line: string) => void }

/** Starts WeChat's simulator and the API together, and says what runs where once both answer. */
export const runDevelopment = async ({ root, env, say }: Surroundings) => {
  const port = await freePortFrom('PORT', env.PORT ?? DEFAULT_API_PORT, say)
  const wechat = await chooseWeChat(env, say)
  const api = startApi({ root, env: { ...env, ...wechat.env, PORT: String(port) } })

  const announced = wechat
    .start()
    .then(() => api.ready(`http://127.0.0.1:${port}/readyz`))
    .then((ready) => {
      if (ready) describeRun({ port, simulatorUrl: wechat.simulatorUrl }).forEach(say)
    })
    .catch(async (error: unknown) => {
      await api.stop()
      throw error
    })
  const exited = Promise.all([api.exited, announced]).then(async ([code]) => {
    await wechat.close()
    return code
  })
  return { exited, stop: () => api.stop() }
}
