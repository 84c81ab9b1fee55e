import automator from 'miniprogram-automator'
import { expect, it, onTestFinished } from 'vitest'
import type { ConsoleMessage, ExceptionMessage, HostOptions } from '../src/index.ts'
import { startHost } from '../src/index.ts'
import { describeOnBackends } from './support/backends.ts'
import { onePage } from './support/project.ts'
import { until } from './support/target.ts'

const startFailing = async (backend: NonNullable<HostOptions['backend']>) => {
  const project = onePage(
    "{ onLoad() { console.log('page loaded'); throw new RangeError('of the page') } }",
    '<view />',
    {
      'app.ts': `App({
        onLaunch() {
          console.log('app launched')
          void Promise.reject(new RangeError('of a promise'))
          throw new TypeError('of the app')
        },
      })`,
    },
  )
  const host = await startHost({ projectPath: project, backend })
  onTestFinished(() => host.close())
  return host
}

const EXCEPTIONS = ['of a promise', 'of the app', 'of the page']

describeOnBackends('events of an app’s start', (backend) => {
  it('reach the first listener, once', async () => {
    const { events } = await startFailing(backend)
    const heard = { logs: [] as unknown[], exceptions: [] as string[], late: 0 }
    events.on('console', ({ args }) => heard.logs.push(args))
    events.on('exception', ({ message }) => heard.exceptions.push(message))
    await until(() => heard.exceptions.length === EXCEPTIONS.length)
    expect(heard.logs).toEqual([['app launched'], ['page loaded']])
    expect(heard.exceptions.sort()).toEqual(EXCEPTIONS)
    events.on('console', () => {
      heard.late += 1
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(heard.late).toBe(0)
  })

  it('reach the first client that enables the log', async () => {
    const { wsEndpoint } = await startFailing(backend)
    const program = await automator.connect({ wsEndpoint })
    onTestFinished(() => program.disconnect())
    const logs: ConsoleMessage[] = []
    const exceptions: ExceptionMessage[] = []
    program.on('exception', (exception: ExceptionMessage) => exceptions.push(exception))
    program.on('console', (message: ConsoleMessage) => logs.push(message))
    await until(() => exceptions.length === EXCEPTIONS.length && logs.length === 2)
    expect(logs.map(({ args }) => args)).toEqual([['app launched'], ['page loaded']])
    expect(exceptions.map(({ message }) => message).sort()).toEqual(EXCEPTIONS)
  })
})
