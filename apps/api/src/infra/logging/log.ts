import type { FastifyBaseLogger } from 'fastify'

/** What services need of a logger. Objects first; never a secret in either. */
export type Log = Pick<FastifyBaseLogger, 'error' | 'warn' | 'info' | 'debug'>
