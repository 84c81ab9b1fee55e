import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { readToken } from './support/forge-token.ts'
import { foundOrg } from './support/org.ts'
import { phoneTools } from './support/phone.ts'
import { pushByHand } from './support/push.ts'
import { EVERYTHING_ON, ROWS, SERVICE_TOKEN } from './support/route-table.ts'
import type { JsonSchema, Kind } from './support/schema-arbitrary.ts'
import { KINDS, valuesFor } from './support/schema-arbitrary.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

/** Of each kind for each route: RANDOM_REQUESTS=1000 pnpm test --project api random-bodies */
const RUNS = { numRuns: Number(process.env.RANDOM_REQUESTS ?? 10) }
const PUSHES = { numRuns: KINDS.length * RUNS.numRuns }
const BAD_ARGUMENT = 401
/** As long as one may be. */
const AVATAR_URL = 'https://thirdwx.qlogo.cn/mmopen/'.padEnd(255, 'x')

type Parameter = { in: string; name: string; schema: JsonSchema }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
}
type Document = { paths: Record<string, Record<string, Operation>> }

/** Each request to these gets a new user: it may close the account, or use up what WeChat allows. */
const CHANGES_USERS = new Set([
  'POST /wx/auth/login_by_weixin',
  'POST /wx/auth/login_by_phone',
  'POST /api/user/wxLogin',
  'POST /wx/auth/bind_phone',
  'POST /wx/user/close_account',
  'PATCH /wx/user/profile',
  'POST /wx/user/profile',
])

type Person = { name: string; token: string; publicId: string }

/** Values without which a body does not come as far as the database; random ones are kept sometimes. */
type Body = Record<string, unknown>
type Known = (person: Person, body: Body) => Promise<Body>

describeOnEachEngine('Random bodies and queries', (engine) => {
  let api: TestApi
  let people = 0
  let last: Person | undefined
  beforeAll(async () => {
    const { url } = await engine.create()
    const env = url === undefined ? EVERYTHING_ON : { ...EVERYTHING_ON, DATABASE_URL: url }
    api = await startTestApi({ env })
  })
  afterAll(() => api.close())

  /** Of routes for members the caller is the owner of a company, so that bodies come far. */
  const callerOf = async (route: string): Promise<Person> => {
    const person = await newPerson()
    if (/ \/wx\/(org|admin)\//.test(route)) {
      await foundOrg(api, await openidOf(api, person.name), person.name)
    }
    return person
  }
  const newPerson = async (): Promise<Person> => {
    people += 1
    const name = `random-${people}`
    await api.simulator.control.createPerson({ name, phone: String(13_100_000_000 + people) })
    const { token } = await api.signIn(name)
    return { name, token, publicId: String(readToken(token).payload.sub) }
  }

  const editOf = async ({ token }: Person) => {
    const { data } = await api.call<{ version: string }>('/wx/user/profile', { token })
    return { version: data.version, birthday: '1990-01-31' }
  }

  const inOwnOrg: Known = async () => ({ orgId: undefined })
  const KNOWN: Record<string, Known> = {
    'POST /wx/admin/invitations': async () => ({ orgId: undefined, departmentId: undefined }),
    'POST /wx/admin/departments': inOwnOrg,
    'POST /wx/admin/policy': async () => ({ orgId: undefined, version: 1 }),
    'POST /wx/auth/login_by_weixin': async ({ name }, { userInfo }) => ({
      code: await api.codeOf(name),
      ...(isRecord(userInfo) && { userInfo: { ...userInfo, avatarUrl: AVATAR_URL } }),
    }),
    'POST /wx/auth/bind_phone': async ({ name }) => ({
      code: (await phoneTools(api).tap(name)).code,
      // A body has either this or a code.
      encryptedData: undefined,
      iv: undefined,
    }),
    'PATCH /wx/user/profile': (person) => editOf(person),
    'POST /wx/user/profile': (person) => editOf(person),
    'POST /wx/auth/login_by_phone': async ({ name }) => ({
      code: await api.codeOf(name),
      phoneCode: (await phoneTools(api).tap(name)).code,
      encryptedData: undefined,
      iv: undefined,
    }),
    'POST /api/user/wxLogin': async ({ name }) => ({ jsCode: await api.codeOf(name) }),
    'POST /internal/wechat/subscribe_message': async ({ publicId }) => ({
      publicId,
      // Random names of fields are hardly ever those of a template.
      ...(people % 2 === 0 && { data: { thing1: '周会' } }),
    }),
    'POST /internal/wechat/custom_message': async ({ publicId }) => ({ publicId }),
  }

  /** The operations that take a body, a query or a parameter in their path. */
  const readOperations = async () => {
    const { paths } = (await api.app.inject('/docs/json')).json<Document>()
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters = [], requestBody }]) => {
        const body = requestBody?.content['application/json']?.schema
        const route = `${method.toUpperCase()} ${path}`
        return body === undefined && parameters.length === 0
          ? []
          : [{ route, method: method.toUpperCase(), path, parameters, body }]
      }),
    )
  }
  type Described = Awaited<ReturnType<typeof readOperations>>[number]

  const requestsFor = ({ parameters, body }: Described, kind: Kind) =>
    fc.record({
      body: body === undefined ? fc.constant(undefined) : valuesFor(body, kind),
      isKnown: fc.nat(3).map((number) => number > 0),
      parameters: fc.record(
        Object.fromEntries(parameters.map(({ name, schema }) => [name, valuesFor(schema, kind)])),
      ),
    })
  type Request = { body: unknown; isKnown: boolean; parameters: Record<string, unknown> }

  const send = async (operation: Described, { body, isKnown, parameters }: Request) => {
    const { route } = operation
    if (last === undefined || CHANGES_USERS.has(route)) last = await callerOf(route)
    else people += 1
    const person = last
    const known = isKnown && isRecord(body) ? await KNOWN[route]?.(person, body) : undefined
    const payload = isRecord(body) ? { ...body, ...known } : body
    const textOf = (name: string) => encodeURIComponent(asText(parameters[name]))
    // One or two dots make another path of it before it is sent.
    const segmentOf = (name: string) => textOf(name).replace(/^\.{1,2}$/, 'dots')
    const query = operation.parameters.filter((one) => one.in === 'query')
    const search = query.map(({ name }) => `${name}=${textOf(name)}`).join('&')
    return api.app.inject({
      method: operation.method as 'POST',
      url: `${operation.path.replace(/\{(\w+)\}/, (_, name: string) => segmentOf(name))}?${search}`,
      headers: {
        'x-forwarded-for': `10.1.${people >> 8}.${people & 255}`,
        'x-oa-token': person.token,
        'x-oa-service-token': SERVICE_TOKEN,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
    })
  }

  it('never get a 5xx from any route that takes them, and are not all refused', async () => {
    const operations = await readOperations()
    const withBody = ROWS.filter((row) => row.body !== undefined).map(({ route }) => route)
    expect(operations.map(({ route }) => route)).toEqual(expect.arrayContaining(withBody))

    for (const operation of operations) {
      last = undefined
      let accepted = 0
      const check = async (request: Request) => {
        const { statusCode, body } = await send(operation, request)
        expect(statusCode, `${operation.route}: ${body}`).toBeLessThan(500)
        if (isPlain(operation)) return
        const { errno, data } = readAnswer(operation.path, body)
        expect(data === undefined).toBe(errno !== 0)
        if (errno !== BAD_ARGUMENT) accepted += 1
      }
      // So many of each kind, since chance would need many more to be sure of some.
      for (const kind of KINDS) {
        await fc.assert(fc.asyncProperty(requestsFor(operation, kind), check), RUNS)
      }
      if (!isPlain(operation)) expect(accepted, operation.route).toBeGreaterThan(0)
    }
    const names = 'SELECT DISTINCT device_name FROM wx_session'
    expect((await queryRows(api.config.database, names)).length).toBeGreaterThan(1)
    // Each of some sixty routes takes its share.
  }, 240_000)

  it('of WeChat with a right signature never get a 5xx', async () => {
    const entry = fc.record({
      TemplateId: fc.oneof(fc.constant('template'), fc.string(), fc.jsonValue()),
      SubscribeStatusString: fc.oneof(fc.constantFrom('accept', 'reject'), fc.jsonValue()),
      ErrorCode: fc.oneof(fc.constant('0'), fc.jsonValue()),
    })
    const event = fc.record(
      {
        MsgType: fc.oneof(fc.constant('event'), fc.string()),
        Event: fc.oneof(
          fc.constantFrom(
            ...['user_info_modified', 'user_authorization_revoke', 'debug_demo'],
            ...['subscribe_msg_popup_event', 'subscribe_msg_change_event'],
            'subscribe_msg_sent_event',
          ),
          fc.string(),
        ),
        RevokeInfo: fc.oneof(fc.constantFrom('1', '1,2', ''), fc.jsonValue()),
        CreateTime: fc.oneof(fc.nat(), fc.jsonValue()),
        AppID: fc.jsonValue(),
        List: fc.oneof(fc.jsonValue(), fc.array(entry)),
        SubscribeMsgPopupEvent: fc.oneof(fc.jsonValue(), fc.record({ List: fc.array(entry) })),
      },
      { requiredKeys: ['MsgType', 'Event'] },
    )
    const property = fc.asyncProperty(event, fc.boolean(), async (fields, isOurs) => {
      const { name } = await newPerson()
      const openid = isOurs ? await openidOf(api, name) : `o${name}\0😀`
      const message = { FromUserName: openid, ...fields, OpenID: openid }
      expect(await pushByHand(api, message)).toBeLessThan(500)
    })
    await fc.assert(property, PUSHES)
  })

  it('are stored as they were sent', async () => {
    const sent = 'é😀\u4e2d'.repeat(21)
    const { token } = await api.signIn('stored', { userInfo: { nickName: sent } })

    expect(await api.info(token)).toMatchObject({ data: { userInfo: { nickName: sent } } })
  })
})

/** Clients of another article get an envelope of their own, whose `code` is 200 or the errno. */
/** Whether it answers with no envelope: a text for WeChat, or a page for projectors. */
const isPlain = ({ path }: { path: string }) => path === '/wx/push' || path === '/screen/{token}'

const readAnswer = (path: string, body: string): { errno: number; data: unknown } => {
  const answer = JSON.parse(body)
  if (!path.startsWith('/api/')) return answer
  return { errno: answer.code === 200 ? 0 : answer.code, data: answer.data ?? undefined }
}

/** A URL cannot hold half a character. */
const asText = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString()

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
