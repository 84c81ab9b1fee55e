import { setTimeout as sleep } from 'node:timers/promises'
import { describeUnknown } from '@oa/api/src/config/unknown-variables.ts'
import { BundleError } from '@oa/test-servers/api-bundle'
import { findProblems, findUnknown } from './check-environment.ts'
import type { Environment } from './environment.ts'
import { readEnvironment } from './environment.ts'
import type { Options, Session } from './session.ts'

/** A change of one of these moves a port, the database or WeChat: everything starts anew. */
const OF_THE_SESSION = [
  'PORT',
  'SIMULATOR_PORT',
  'PREVIEW_PORT',
  'WX_APPID',
  'WX_SECRET',
  'WX_APPS',
  'DATA_DIR',
  'DATABASE_URL',
]

/** People wait a second for Ctrl-C. */
const STOP_MS = 800

type RunOptions = Options & { envFile: string; shell: NodeJS.ProcessEnv }

/** A failure that was foreseen: its message is all that is to be said. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

/**
 * Starts WeChat's simulator, the API and the preview; restarts the API when its source or its
 * variables change. `exited` resolves with the exit code.
 */
export const runDevelopment = async ({ envFile, shell, ...options }: RunOptions) => {
  const { root, print } = options
  let environment = readEnvironment(envFile, shell)
  const problems = findProblems(environment)
  if (problems !== null) throw new CannotStart(describeProblems(problems))
  const sayUnknown = () => {
    for (const unknown of findUnknown(environment)) print(`WARNING: ${describeUnknown(unknown)}`)
  }
  sayUnknown()

  // Loaded only now, so that a mistake in the configuration shows at once.
  const [{ openSession }, { watchFiles }] = await Promise.all([
    import('./session.ts'),
    import('./watch-files.ts'),
  ])
  let session = await openSession(known(environment), options)
  let stopping: Promise<void> | null = null
  let work: Promise<unknown> = Promise.resolve()
  const { promise: exited, resolve: exit, reject: fail } = withResolvers<number>()

  const close = () => {
    stopping ??= Promise.allSettled([files.close(), session.close()]).then(() => {})
    return stopping
  }
  const follow = async (current: Session) => {
    if (await current.started) return
    const code = await current.apiExited()
    if (stopping !== null) return
    await close()
    exit(code === 0 ? 1 : code)
  }
  const applyChange = async (what: string, isEnvironment: boolean) => {
    if (stopping !== null) return
    const before = environment
    if (isEnvironment) {
      const changed = readEnvironment(envFile, shell)
      if (isSame(changed, before)) return
      const wrong = findProblems(changed)
      if (wrong !== null) {
        print(`${describeProblems(wrong)}\nThe API goes on as it was, until ${what} is corrected.`)
        return
      }
      environment = changed
      sayUnknown()
    }
    if (OF_THE_SESSION.some((name) => environment.env[name] !== before.env[name])) {
      print(`${what} changed: starting anew.`)
      await session.close()
      session = await openSession(known(environment), options)
      await follow(session)
      return
    }
    print(`${what} changed: restarting the API.`)
    try {
      const changed = { source: !isEnvironment }
      if (await session.restartApi(known(environment), changed)) print('The API is ready.')
    } catch (error) {
      if (!(error instanceof BundleError)) throw error
      print(`${error.message}\nThe API goes on as it was, until that is corrected.`)
    }
  }
  const files = watchFiles({
    root,
    envFile,
    onChange(what, isEnvironment) {
      work = work.then(() => applyChange(what, isEnvironment)).catch(giveUp)
    },
  })
  const giveUp = async (error: unknown) => {
    await close()
    fail(error)
  }
  follow(session).catch(giveUp)

  return {
    exited,
    async stop() {
      await Promise.race([close(), sleep(STOP_MS)])
      exit(0)
    },
  }
}

/** Without what was named as unknown, or the API would name it again. */
const known = (environment: Environment): NodeJS.ProcessEnv => {
  const unknown = new Set(findUnknown(environment).map(({ name }) => name))
  return Object.fromEntries(Object.entries(environment.env).filter(([name]) => !unknown.has(name)))
}

const describeProblems = (problems: string) => `The configuration cannot be used:\n${problems}`

const isSame = (one: Environment, other: Environment) =>
  JSON.stringify(one) === JSON.stringify(other)

/** `Promise.withResolvers` of Node 22. */
const withResolvers = <T>() => {
  let settle: { resolve(value: T): void; reject(error: unknown): void } | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return {
    promise,
    resolve: (value: T) => settle?.resolve(value),
    reject: (error: unknown) => settle?.reject(error),
  }
}
