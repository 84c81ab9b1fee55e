import { HELP, readCliOptions } from './cli-options.ts'

const main = async () => {
  const options = readCliOptions(process.argv.slice(2))
  if (options === 'help') return say(HELP)

  const { startSimulator } = await import('./start.ts')
  const simulator = await startSimulator(options)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close())
  }
  say(`WeChat (api.weixin.qq.com)  ${simulator.url}\n`)
  say(`Control page                ${simulator.url}/_control/\n`)
}

const say = (text: string) => void process.stdout.write(text)

main().catch((error: Error) => {
  process.stderr.write(`wechat-simulator: ${error.message}\n`)
  process.exitCode = 1
})
