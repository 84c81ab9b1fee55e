/** What a file of a feature folder is, told by its name. */
export type Role = 'http' | 'mapper' | 'test' | 'service'

/** Routes and guards are Fastify plugins and hooks. */
const HTTP_FILE = /(^|-)(routes|guard)\.ts$/
/** Turns domain types into the contract's result shapes, for routes. */
const MAPPER_FILE = /-(result|info)\.ts$/

export const roleOf = (path: string): Role => {
  const name = path.split('/').at(-1) ?? ''
  if (name.endsWith('.test.ts')) return 'test'
  if (HTTP_FILE.test(name)) return 'http'
  return MAPPER_FILE.test(name) ? 'mapper' : 'service'
}

/** Numbers, and what a caller sends; all else in the contract describes answers. */
const FOR_SERVICES = /^(ERRNO|Errno|ErrnoFailure|HTTP_STATUS|Gender|\w+(Request|Params|Claim))$/

export const isForServices = (contractName: string) => FOR_SERVICES.test(contractName)

export const isFastify = (packageName: string) =>
  /^(fastify|fastify-plugin|@fastify\/.+)$/.test(packageName)

export const isContracts = (packageName: string) => /^@oa\/contracts(\/|$)/.test(packageName)
