import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startApi } from './api-process.ts'
import { freePortFrom } from './free-port.ts'
import { describeRun } from './report.ts'
import { startWeChat } from './wechat.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const DEFAULT_API_PORT = 3000

const say = (line: string) => process.stdout.write(`${line}\n`)

if (existsSync(`${ROOT}.env`)) process.loadEnvFile(`${ROOT}.env`)

const [port, weChat] = await Promise.all([
  freePortFrom(Number(process.env.PORT ?? DEFAULT_API_PORT), say),
  startWeChat(process.env, say),
])
const api = startApi({ root: ROOT, env: { ...process.env, ...weChat.env, PORT: String(port) } })

const stop = async () => {
  await Promise.all([api.stop(), weChat.close()])
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
api.exited.then((code) => {
  process.exitCode = code
  return weChat.close()
})

if (await api.ready(`http://127.0.0.1:${port}/readyz`)) {
  for (const line of describeRun({ port, simulatorUrl: weChat.simulatorUrl })) say(line)
}
