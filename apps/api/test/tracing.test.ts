import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { freePort } from '@oa/test-servers/free-port'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import { describeWithServers } from '@oa/test-servers/vitest'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sharedMariaDb } from './database/shared-mariadb.ts'
import type { Collector, ReceivedSpan } from './support/collector.ts'
import { startCollector } from './support/collector.ts'
import { phoneTools } from './support/phone.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { beforeStart, startApiProcess } from './support/start-api-process.ts'
import { codeFrom, startTestSimulator, TEST_APP, testEnv } from './support/start-test-api.ts'

const SIGN_IN = 'POST /wx/auth/login_by_weixin'
const SERVER = 2
const CLIENT = 3
const OPENID = 'oTRACEcanary0000000000000000'
const UNIONID = 'oTRACEunionid000000000000000'
const SESSION_KEY = 'VFJBQ0VjYW5hcnlzZXNzaQ=='
const PHONE = '13987654377'
/** By the standard of W3C. */
const FOREIGN = { id: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' }
const TRACEPARENT = `00-${FOREIGN.id}-${FOREIGN.span}-01`

let simulator: Simulator
let folder: string
beforeAll(async () => {
  simulator = await startTestSimulator()
  folder = await mkdtemp(join(quickTmpdir(), 'oa-tracing-'))
})
afterAll(async () => {
  await simulator.close()
  await rm(folder, { recursive: true, force: true })
})

const env = (more: NodeJS.ProcessEnv = {}) => ({
  ...testEnv(simulator, folder),
  LOG_LEVEL: 'info',
  ...more,
})
const signIn = async (api: ApiProcess, person: string) =>
  (await api.login({ code: await codeFrom(simulator, person) })).data.token
/** What is left is sent before the process ends. */
const stop = (api: ApiProcess) => {
  api.kill('SIGTERM')
  return api.finished
}
const startCollecting = async () => {
  const collector = await startCollector()
  onTestFinished(() => collector.close())
  return collector
}
const rootOf = (spans: readonly ReceivedSpan[], name: string) => {
  const found = spans.find((span) => span.name === name)
  if (found === undefined) throw new Error(`no span ${name} among ${spans.map((one) => one.name)}`)
  return found
}

describeWithServers(['mariadb', 'redis'], 'traces', () => {
  let redis: Redis
  let database: string
  beforeAll(async () => {
    redis = await startRedis()
    database = await (await sharedMariaDb()).createDatabase()
  })
  afterAll(() => redis.stop())
  const start = (collector: Collector, more: NodeJS.ProcessEnv = {}) =>
    startApiProcess(
      env({
        DATABASE_URL: database,
        REDIS_URL: redis.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        ...more,
      }),
    )

  it('show one sign-in with what it asked of WeChat, of the database and of Redis', async () => {
    const collector = await startCollecting()
    const api = await start(collector)
    await signIn(api, 'traced')
    expect(await stop(api)).toMatchObject({ code: 0, stderr: '' })

    const spans = collector.spans()
    const root = rootOf(spans, SIGN_IN)
    expect(root).toMatchObject({ kind: SERVER, parentId: '', status: 0 })
    expect(root.attributes).toMatchObject({
      'http.route': '/wx/auth/login_by_weixin',
      'http.response.status_code': 200,
    })
    const children = spans.filter(({ traceId, parentId }) => traceId === root.traceId && parentId)
    for (const child of children)
      expect(child).toMatchObject({ kind: CLIENT, parentId: root.spanId })
    const attributes = children.map((child) => child.attributes)
    expect(attributes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ 'url.path': '/sns/jscode2session' }),
        expect.objectContaining({
          'db.system.name': 'mysql',
          'db.operation.name': 'INSERT',
          'db.collection.name': 'login_event',
        }),
        expect.objectContaining({ 'db.system.name': 'mysql', 'db.operation.name': 'COMMIT' }),
        expect.objectContaining({ 'db.system.name': 'redis' }),
      ]),
    )
    // Neither heartbeats nor probes nor sweeps: they would bury the rest.
    expect(spans.filter(({ parentId }) => parentId === '')).toEqual([root])
  })

  it('hold no secret, nothing about a user, and no text of an error', async () => {
    const collector = await startCollecting()
    const api = await start(collector, { OTEL_BSP_SCHEDULE_DELAY: '100' })
    const planted = await useEverything(api)
    await stop(api)

    const spans = collector.spans()
    expect(spans.filter(({ name }) => name === SIGN_IN).length).toBeGreaterThan(3)
    expect(spans.some(({ status }) => status === 2)).toBe(true)
    expect(spans.reduce((sum, { events }) => sum + events, 0)).toBe(0)
    const sent = collector.bytes().toString('latin1')
    for (const secret of planted) expect(sent).not.toContain(secret)
  })

  /** Resolves to all that must not leave the process. */
  const useEverything = async (api: ApiProcess): Promise<string[]> => {
    const { control } = simulator
    const path = '/sns/jscode2session'
    const identity = { openid: OPENID, unionid: UNIONID, session_key: SESSION_KEY }
    const codes = await Promise.all(
      ['one', 'two', 'three'].map((name) => codeFrom(simulator, `canary-${name}`)),
    )
    const [good = '', broken = '', refused = ''] = codes
    await control.addFault({ path, status: 200, body: JSON.stringify(identity) })
    const { token } = (await api.login({ code: good })).data
    await control.addFault({ path, reset: true, times: 2 })
    await api.login({ code: broken })
    await control.addFault({ path, errcode: 40029, errmsg: 'canary text' })
    await api.login({ code: refused })
    await control.clearFaults()
    await api.call(`/wx/auth/info?token=${token}`, { token })
    await api.call(`/wx/none/${token}`, { token })
    const { sessions } = (await api.sessions(token)).data
    await api.endSession(token, sessions[0]?.id ?? '')

    const phones = phoneTools({
      call: api.call,
      simulator,
      codeOf: (person) => codeFrom(simulator, person),
      signIn: async (person) => ({ token: await signIn(api, person) }),
    })
    const withPhone = await phones.signInWithPhone('with-phone', PHONE)
    await phones.bindByCode(withPhone, 'with-phone')
    // Its commands fail, with an error of their own.
    await redis.kill('SIGSTOP')
    await api.logoutAll(withPhone)
    await redis.kill('SIGCONT')
    const { appid, secret } = TEST_APP
    const ids = sessions.map(({ id }) => id)
    return [
      OPENID,
      UNIONID,
      SESSION_KEY,
      PHONE,
      appid,
      secret,
      token,
      withPhone,
      'canary text',
    ].concat(codes, ids)
  }

  it('begin here, whatever a stranger sends, unless the operator trusts who is in front', async () => {
    const collector = await startCollecting()
    const headers = { traceparent: TRACEPARENT }
    const alone = await start(collector)
    await alone.call('/wx/home/index', { headers })
    await stop(alone)
    expect(rootOf(collector.spans(), 'GET /wx/home/index').traceId).not.toBe(FOREIGN.id)

    const behind = await startCollecting()
    const api = await start(behind, { OTEL_PROPAGATORS: 'tracecontext' })
    await api.call('/wx/home/index', { headers })
    await stop(api)
    expect(rootOf(behind.spans(), 'GET /wx/home/index')).toMatchObject({
      traceId: FOREIGN.id,
      parentId: FOREIGN.span,
    })
  })
})

describe('a collector that is away', () => {
  it('costs neither an answer nor the end of the process, and is in the log once', async () => {
    const collector = `http://name:hidden-password@127.0.0.1:${await freePort()}`
    const api = await startApiProcess(
      env({ OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_BSP_SCHEDULE_DELAY: '50' }),
    )
    const token = await signIn(api, 'unseen')
    expect(await api.info(token)).toMatchObject({ status: 200, errno: 0 })
    const { code, stdout } = await stop(api)

    expect(code).toBe(0)
    expect(stdout.match(/traces cannot be sent/g)).toHaveLength(1)
    expect(stdout).not.toContain('hidden-password')
  })
})

describe('without a collector', () => {
  /** Notes the address of every module that is loaded. */
  const noteModules = (file: string) => {
    const hook = `
      import { appendFileSync } from 'node:fs'
      export const load = (url, context, next) => {
        appendFileSync(${JSON.stringify(file)}, url + ' ')
        return next(url, context)
      }`
    const address = JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)
    return beforeStart(`import { register } from 'node:module'; register(${address})`)
  }
  const modulesOf = async (name: string, more: NodeJS.ProcessEnv) => {
    const file = join(folder, name)
    const api = await startApiProcess(env({ ...noteModules(file), ...more }))
    await stop(api)
    const urls = (await readFile(file, 'utf8')).split(' ').filter((url) => url.endsWith('.mjs'))
    const texts = await Promise.all(urls.map((url) => readFile(fileURLToPath(url), 'utf8')))
    // A bundle says of each part where it is from.
    return texts.filter((text) => /^\/\/ .*node_modules\/@opentelemetry\//m.test(text)).length
  }

  it('no part of OpenTelemetry is loaded', async () => {
    const collector = await startCollecting()
    expect(await modulesOf('without', {})).toBe(0)
    expect(await modulesOf('with', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })).toBeGreaterThan(
      0,
    )
  })
})
