import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { setUpApiSecurity, startSimulator } from '@oa/wechat-simulator'
import { createControl } from '@oa/wechat-simulator/control'
import type { ApiSecurityKeys } from '@oa/wechat-simulator/wire-format'
import type { ConformanceResult } from './run-conformance.ts'
import { runConformance } from './run-conformance.ts'
import { createGivenValues, createSimulatedValues } from './value-sources.ts'

const HELP = `wechat-conformance: checks that a platform answers as WeChat does

  --base <url>           platform to test; by default a simulator started for this run
  --app <appid:secret>   mini-program to ask as
  --simulator            the platform is a simulator: take codes from its control API
  --code <code>          a fresh wx.login code; may be given several times
  --phone-code <code>    a fresh getPhoneNumber code; may be given several times
  --api-security <file>  keys of API security, as JSON: symmetricKey, privateKey, certificates
  --costly               also run cases that cost money or quota
  --help                 show this
`

const OWN_APP = { appid: 'wx0000000000000001', secret: '1'.repeat(32) }

const main = async () => {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      app: { type: 'string' },
      simulator: { type: 'boolean', default: false },
      code: { type: 'string', multiple: true, default: [] },
      'phone-code': { type: 'string', multiple: true, default: [] },
      'api-security': { type: 'string' },
      costly: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(HELP)
  if (values.base === undefined) return runOnOwnSimulator()

  const app = toApp(values.app)
  const given = { codes: values.code, phoneCodes: values['phone-code'] }
  const take = values.simulator
    ? createSimulatedValues(values.base, app)
    : createGivenValues(values.base, app, given)
  const file = values['api-security']
  const own = values.simulator ? await setUpOwnKeys(values.base, app.appid) : undefined
  const seal = file === undefined ? own : await readKeys(file)
  report(
    await runConformance({
      baseUrl: values.base,
      take,
      costly: values.costly,
      ...(seal && { seal }),
      ...(values.simulator && { control: createControl(values.base) }),
    }),
  )
}

const runOnOwnSimulator = async () => {
  const simulator = await startSimulator({ apps: [OWN_APP] })
  try {
    const take = createSimulatedValues(simulator.url, OWN_APP)
    const seal = await setUpApiSecurity(simulator.control, OWN_APP.appid)
    const { url: baseUrl, control } = simulator
    report(await runConformance({ baseUrl, take, costly: true, seal, control }))
  } finally {
    await simulator.close()
  }
}

const report = (results: ConformanceResult[]) => {
  for (const { id, about, outcome, reason } of results) {
    say(`${outcome.padEnd(7)}  ${id}: ${about}${reason ? ` (${reason})` : ''}\n`)
  }
  const count = (outcome: ConformanceResult['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  say(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`)
  if (count('failed') > 0) process.exitCode = 1
}

/** Sets up keys for an app of a simulator that has none yet; existing keys are not replaced. */
const setUpOwnKeys = async (base: string, appid: string) => {
  const control = createControl(base)
  const app = (await control.apps()).find((other) => other.appid === appid)

  return app && !app.apiSecurity ? setUpApiSecurity(control, appid) : undefined
}

/** Not validated here: the runner reports a key or certificate that is missing or wrong. */
const readKeys = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as ApiSecurityKeys

const toApp = (text = '') => {
  const [appid, secret] = text.split(':')
  if (!appid || !secret) throw new Error('--app: expected appid:secret')

  return { appid, secret }
}

const say = (text: string) => void process.stdout.write(text)

main().catch((error: Error) => {
  process.stderr.write(`wechat-conformance: ${error.message}\n`)
  process.exitCode = 1
})
