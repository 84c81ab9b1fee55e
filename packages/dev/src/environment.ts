import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** The environment of `dev`, and which of it stands in its file. */
export type Environment = { env: NodeJS.ProcessEnv; inFile: string[] }

/** The variables of `file`, if there is one; those of the shell take precedence. */
export const readEnvironment = (file: string, shell: NodeJS.ProcessEnv): Environment => {
  const parsed = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return { env: { ...parsed, ...shell }, inFile: Object.keys(parsed) }
}
