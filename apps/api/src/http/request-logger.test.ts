import { expect, it } from 'vitest'
import { createLogger } from '../infra/logging/logger.ts'
import { createRequestLogger } from './request-logger.ts'

const setUp = (level: string) => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ level, readable: false, destination })
  return { lines, log, requestLog: createRequestLogger(log, { reqId: 'request-1' }) }
}

it('names the request in every line, as a child of pino does', () => {
  const { lines, log, requestLog } = setUp('trace')
  for (const level of ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const) {
    requestLog[level]({ some: 'thing' }, 'a line')
    log.child({ reqId: 'request-1' })[level]({ some: 'thing' }, 'a line')
  }
  requestLog.child({ more: 1 }).info('a line')

  const withoutTime = lines.map((line) => ({ ...JSON.parse(line), time: '' }))
  for (let index = 0; index < 12; index += 2) {
    expect(withoutTime[index]).toEqual(withoutTime[index + 1])
  }
  expect(withoutTime.at(-1)).toMatchObject({ reqId: 'request-1', more: 1, msg: 'a line' })
})

it('makes no child for a line that is not written', () => {
  const { lines, log, requestLog } = setUp('error')
  log.child = () => {
    throw new Error('a child was made')
  }
  requestLog.info('a line')

  expect(lines).toEqual([])
  expect(requestLog.level).toBe('error')
})
