import { createHash } from 'node:crypto'
import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

/**
 * Lets one sign-in at a time use a code. Callers who post exactly the same meanwhile share its result;
 * a different request with that code is refused. Codes are kept as hashes, while in flight.
 */
export const createSingleFlight = <Result>() => {
  const flights = new Map<string, { posted: string; result: Promise<Result> }>()

  return async (request: { code: string }, run: () => Promise<Result>): Promise<Result> => {
    const code = sha256(request.code)
    const posted = sha256(JSON.stringify(request))
    const flight = flights.get(code)
    if (flight !== undefined) {
      if (flight.posted !== posted) throw codeInUse()
      return flight.result
    }
    const result = run().finally(() => flights.delete(code))
    flights.set(code, { posted, result })
    return result
  }
}

const codeInUse = () => new BusinessError(ERRNO.WX_CODE_INVALID, '登录凭证正在使用，请重新登录')
