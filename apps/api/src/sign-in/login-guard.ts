import type { FastifyRequest } from 'fastify'
import { addressKey } from '../http/address-key.ts'
import type { LoginLimit } from './login-limit.ts'

/** The limits of sign-in, for every route that signs in. */
export const createLoginGuard = (limit: LoginLimit) => ({
  /** Counts the request before any work is done. */
  onRequest: (request: FastifyRequest) => limit.enter(sourceOf(request)),
  /** Runs the sign-in, and counts it against its address when WeChat refuses the code. */
  async counted<T>(request: FastifyRequest, signIn: () => Promise<T>): Promise<T> {
    try {
      return await signIn()
    } catch (error) {
      await limit.failed(sourceOf(request), error)
      throw error
    }
  },
})

const sourceOf = ({ appId, ip }: FastifyRequest) => ({ appId, address: addressKey(ip) })
