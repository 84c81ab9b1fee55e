import type { Failure } from '../src/resilience/index.ts'

/** The failure that an application derives from an errcode, where a client returns one. */
export const failureOfErrcode = (errcode: number): Failure => BY_ERRCODE[errcode] ?? 'rejected'

/** The failure that an application derives from the code of a network error of Node. */
export const failureOfCode = (code: string): Failure | undefined => {
  if (/^(HPE_|Z_|ERR_BAD_RESPONSE|ERR_FR_)/.test(code)) return 'bad_response'

  return NETWORK.test(code) ? 'unavailable' : undefined
}

const NETWORK =
  /^(ECONN|ENOTFOUND|EAI_|EPIPE|EPROTO|ETIMEDOUT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_NETWORK)/

const BY_ERRCODE: Readonly<Record<number, Failure>> = {
  [-1]: 'unavailable',
  40001: 'misconfigured',
  40013: 'misconfigured',
  40014: 'misconfigured',
  40029: 'code_invalid',
  40125: 'misconfigured',
  40163: 'code_invalid',
  40164: 'misconfigured',
  40226: 'risk',
  40243: 'misconfigured',
  41002: 'misconfigured',
  41004: 'misconfigured',
  41008: 'code_invalid',
  42001: 'misconfigured',
  45009: 'quota',
  45011: 'rate_limited',
  48001: 'misconfigured',
  50002: 'misconfigured',
  89503: 'misconfigured',
}
