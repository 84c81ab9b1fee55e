import type { OperatorAudit, What } from '../audit/operator-audit.ts'
import type { Config } from '../config/load-config.ts'
import type { Core, Stores } from '../core.ts'
import type { Shell, Values } from './command.ts'
import { loadCore } from './load-core.ts'
import { whoOf } from './who.ts'

/** Writes down that this operator does it, then does it. */
export type Act = <T>(what: What, work: () => Promise<T>) => Promise<T>

const actOf =
  (audit: OperatorAudit, values: Values): Act =>
  (what, work) =>
    audit.record(whoOf(values), what, work)

type StoreTools = { config: Config; stores: Stores; audit: OperatorAudit; act: Act }

/** For commands that only need the database. */
export const withStores = async (
  values: Values,
  { env }: Shell,
  work: (tools: StoreTools) => Promise<void>,
  load?: (env: NodeJS.ProcessEnv) => Pick<Config, 'database'>,
): Promise<void> => {
  whoOf(values)
  const { loadConfig, openConfiguredStores, createLogger, createOperatorAudit } = await loadCore()
  const config = (load ?? loadConfig)(env) as Config
  const stores = await openConfiguredStores(config, createLogger(QUIET))
  try {
    const audit = createOperatorAudit({ store: stores.operatorAudit, clock: stores.clock })
    await work({ config, stores, audit, act: actOf(audit, values) })
  } finally {
    await stores.close()
  }
}

type CoreTools = StoreTools & { core: Core }

/** For commands whose effect other nodes have to hear of. */
export const withCore = async (
  values: Values,
  { env }: Shell,
  work: (tools: CoreTools) => Promise<void>,
): Promise<void> => {
  whoOf(values)
  const { loadConfig, openCore, createLogger, createOperatorAudit } = await loadCore()
  const config = loadConfig(env)
  const core = await openCore(config, createLogger(QUIET), { heartbeat: false })
  try {
    const { stores } = core
    const audit = createOperatorAudit({ store: stores.operatorAudit, clock: stores.clock })
    await work({ config, core, stores, audit, act: actOf(audit, values) })
  } finally {
    await core.close()
  }
}

const QUIET = { level: 'error', readable: true } as const
