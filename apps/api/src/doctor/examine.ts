import type { Config } from '../config/load-config.ts'
import { ConfigError, loadConfig } from '../config/load-config.ts'
import { describeUnknown, misspeltVariables } from '../config/unknown-variables.ts'
import { examineDatabase } from './database.ts'
import type { Finding } from './finding.ts'
import { fine, problem } from './finding.ts'
import { examineDisk, examinePublicUrl, examineRedis, examineRedisTls } from './machine.ts'
import { examineClock, examineCredentials, examineTemplates } from './wechat.ts'

/** Looks at everything that this environment names; changes nothing. Never rejects. */
export const examineAll = async (env: NodeJS.ProcessEnv): Promise<Finding[]> => {
  const config = readConfig(env)
  if ('state' in config) return [config]
  const misspelt = misspeltVariables(env).map(describeUnknown)
  const { apps, baseUrl } = config.wechat
  const examinations: [what: string, Promise<Finding | Finding[]>][] = [
    ['database', examineDatabase(config)],
    ['Redis', examineRedis(config)],
    ['TLS to Redis', examineRedisTls(config)],
    ...apps.map(
      (app) => ['WeChat', examineCredentials(app, baseUrl)] as [string, Promise<Finding>],
    ),
    ...apps.map(
      (app) => ['templates', examineTemplates(app, config)] as [string, Promise<Finding>],
    ),
    ["clock against WeChat's", examineClock(config)],
    ['PUBLIC_URL', examinePublicUrl(config)],
    ['disk', examineDisk(config)],
  ]
  const found = await Promise.all(
    examinations.map(([what, examination]) =>
      examination.catch((error: unknown) => unexpected(what, error)),
    ),
  )
  return [describeConfig(misspelt), ...found.flat()]
}

const readConfig = (env: NodeJS.ProcessEnv): Config | Finding => {
  try {
    return loadConfig(env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return problem(
      'configuration',
      error.message.replaceAll('\n', '; '),
      'docs/configuration.md lists every variable',
      '所有变量见 docs/configuration.zh-CN.md',
    )
  }
}

const describeConfig = (misspelt: readonly string[]): Finding =>
  misspelt.length === 0
    ? fine('configuration', 'can be used')
    : problem(
        'configuration',
        misspelt.join('; '),
        'correct the names: nothing reads these variables',
        '请更正变量名：这些变量不会被读取',
      )

const unexpected = (what: string, error: unknown): Finding =>
  problem(
    what,
    error instanceof Error ? error.message : String(error),
    'look at the network of this machine',
    '请检查本机网络',
  )
