import type { FastifyRequest } from 'fastify'
import { addressKey } from '../http/address-key.ts'
import type { LoginLimit } from './login-limit.ts'

/** The limits of sign-in, for every route that signs in. */
export const createLoginGuard = (limit: LoginLimit) => ({
  /** Counts the request before any work is done. */
  onRequest: ({ ip }: FastifyRequest) => limit.enter(addressKey(ip)),
  /** Runs the sign-in, and counts it against its address when WeChat refuses the code. */
  async counted<T>({ ip }: FastifyRequest, signIn: () => Promise<T>): Promise<T> {
    try {
      return await signIn()
    } catch (error) {
      await limit.failed(addressKey(ip), error)
      throw error
    }
  },
})
