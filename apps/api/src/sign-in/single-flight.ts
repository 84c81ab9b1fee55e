import { codeInUse } from '../errors/business-error.ts'

/**
 * Lets one sign-in at a time use a code. Callers who post exactly the same meanwhile share its result;
 * a different request with that code is refused. A code is kept while it is in flight and no longer.
 */
export const createSingleFlight = <Result>() => {
  const flights = new Map<string, { request: { code: string }; result: Promise<Result> }>()

  return async (request: { code: string }, run: () => Promise<Result>): Promise<Result> => {
    const { code } = request
    const flight = flights.get(code)
    if (flight !== undefined) {
      if (JSON.stringify(flight.request) !== JSON.stringify(request)) throw codeInUse()
      return flight.result
    }
    const result = run().finally(() => flights.delete(code))
    flights.set(code, { request, result })
    return result
  }
}
