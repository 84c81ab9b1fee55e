import { ConfigError, loadConfig } from '@oa/api/src/config/load-config.ts'
import type { UnknownVariable } from '@oa/api/src/config/unknown-variables.ts'
import {
  API_VARIABLES,
  misspeltVariables,
  unknownVariables,
} from '@oa/api/src/config/unknown-variables.ts'
import type { Environment } from './environment.ts'
import { wrongPort } from './free-port.ts'

const OWN_PORTS = ['SIMULATOR_PORT', 'PREVIEW_PORT'] as const
const KNOWN = [...API_VARIABLES, ...OWN_PORTS]
/** What people put into the file for Node and its tools. */
const OF_TOOLS = /^(NODE_|npm_|NO_COLOR$|FORCE_COLOR$|TZ$|HTTPS?_PROXY$|NO_PROXY$|PRISMA_)/i

/** A message that names every variable that is wrong; null when none is. */
export const findProblems = ({ env }: Environment): string | null => {
  const own = OWN_PORTS.flatMap((variable) => wrongPort(variable, env[variable]) ?? [])
  return [...own, ...problemsOfApi(env)].join('\n') || null
}

const problemsOfApi = (env: NodeJS.ProcessEnv): string[] => {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return [error.message]
    throw error
  }
}

/** The file of SQLite that the API is going to open; null when it uses a database server. */
export const databaseFile = (env: NodeJS.ProcessEnv): string | null => {
  const { database } = loadConfig(env)
  return 'file' in database ? database.file : null
}

/** Variables that nothing reads. */
export const findUnknown = ({ env, inFile }: Environment): UnknownVariable[] => [
  ...unknownVariables(
    inFile.filter((name) => !OF_TOOLS.test(name)),
    KNOWN,
  ),
  ...misspeltVariables(env, KNOWN).filter(({ name }) => !inFile.includes(name)),
]
