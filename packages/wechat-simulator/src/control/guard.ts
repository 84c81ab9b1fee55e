import type { FastifyRequest } from 'fastify'
import { ControlError } from './control-error.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Refuses what a foreign web page could send: another Host (DNS rebinding) or another Origin. */
export const guardControl = async ({ headers }: FastifyRequest) => {
  const { host, origin } = headers
  if (host === undefined || !LOOPBACK.has(hostnameOf(`http://${host}`))) {
    throw new ControlError(403, 'The control API answers on loopback names only')
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new ControlError(403, 'The control API answers its own page only')
  }
}

const hostnameOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '')
