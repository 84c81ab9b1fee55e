import { parseArgs } from 'node:util'
import type { SimulatorOptions } from './start.ts'

export const HELP = `wechat-simulator: an offline api.weixin.qq.com on 127.0.0.1

  --port <port>          port to listen on; 0 takes a free one (default 0)
  --app <appid:secret>   register a mini-program; may be given several times
  --accept-mock-codes    accept the code WeChat DevTools sends without a real appid
  --accept-named-codes   accept codes e2e-<name> as the person of that name
  --help                 show this
`

/** Reads the command line; throws an error that names what is wrong and holds no secret. */
export const readCliOptions = (args: string[]): SimulatorOptions | 'help' => {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      app: { type: 'string', multiple: true, default: [] },
      'accept-mock-codes': { type: 'boolean', default: false },
      'accept-named-codes': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'

  return {
    port: toPort(values.port),
    apps: values.app.map(toApp),
    acceptMockCodes: values['accept-mock-codes'],
    acceptNamedCodes: values['accept-named-codes'],
  }
}

const toPort = (text: string) => {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`--port ${text}: not a port`)

  return port
}

const toApp = (text: string) => {
  const [appid, secret, ...rest] = text.split(':')
  // The text is not repeated: it may hold a secret.
  if (!appid || !secret || rest.length > 0) throw new Error('--app: expected appid:secret')

  return { appid, secret }
}
