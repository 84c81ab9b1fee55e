import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createControl } from '@oa/wechat-simulator/control'
import type { SimulatedPhone } from './wechat.ts'

/** Its name, which the API is told as DEMO_ORG. */
export const DEMO_ORG = '青禾科技'

/** The first one founds it. Their numbers are fictitious, and none of a user of the preview. */
const PEOPLE = [
  { person: 'chen-jing', phone: '13800000011', name: '陈静', department: '', title: '总经理' },
  { person: 'li-ming', phone: '13800000012', name: '李明', department: '研发部', title: '工程师' },
  { person: 'wang-fang', phone: '13800000013', name: '王芳', department: '研发部', title: '测试' },
  { person: 'zhang-wei', phone: '13800000014', name: '张伟', department: '财务部', title: '会计' },
  { person: 'zhao-min', phone: '13800000015', name: '赵敏', department: '财务部', title: '出纳' },
  { person: 'zhou-jie', phone: '13800000016', name: '周杰', department: '', title: '' },
] as const
const [OWNER, ...EMPLOYEES] = PEOPLE
const ROOMS = [
  { name: '三楼会议室', place: 'A 座 3 楼', capacity: 12, equipment: '投影、白板' },
  { name: '培训厅', place: 'A 座 1 楼', capacity: 60, equipment: '投影、话筒' },
] as const

type Person = (typeof PEOPLE)[number]
type Options = {
  /** The bundle of the API. */
  folder: string
  root: string
  /** That of the API. */
  env: NodeJS.ProcessEnv
  apiUrl: string
  phone: SimulatedPhone
  /** Gives it up. */
  signal: AbortSignal
}

/**
 * Founds the demo company as an operator would, with rooms, and people who sign in at the simulator;
 * one of them waits to be let in. Resolves to false when it was there already.
 */
export const foundDemoCompany = async (options: Options): Promise<boolean> => {
  const { folder, root, env, apiUrl, phone, signal } = options
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(folder, 'cli.mjs'), ...args], {
      cwd: root,
      env,
      signal,
    })
  const founder = ['--owner-phone', OWNER.phone, '--owner-name', OWNER.name]
  const founded = await run('org', 'create', '--name', DEMO_ORG, ...founder).catch(isThere)
  if (founded === null) return false
  const { stdout } = founded
  const [, orgId = ''] = /Founded: (\S+)/.exec(stdout) ?? []
  const [, invitation = ''] = /\?i=(\S+)/.exec(stdout) ?? []
  await withRoster(EMPLOYEES.slice(0, -1), (csv) =>
    run('member', 'import', '--org', orgId, '--csv', csv),
  )
  const call = callsTo(apiUrl, signal)
  const signIn = signInAt(call, phone)
  const owner = await signIn(OWNER)
  await call(owner, '/wx/org/join', { invitation, name: OWNER.name })
  const requestId = crypto.randomUUID()
  const terms = { orgId, requestId, needsApproval: true, maxUses: 200, days: 30 }
  const made = await call(owner, '/wx/admin/invitations', terms)
  for (const person of EMPLOYEES) {
    const token = await signIn(person)
    await call(token, '/wx/org/join', { invitation: made.invitation, name: person.name })
  }
  // Last: with a room the company is complete, and takes newcomers in.
  for (const room of ROOMS) await call(owner, '/wx/admin/rooms', { orgId, ...room })
  return true
}

const isThere = (error: unknown) => {
  if (error instanceof Error && error.message.includes('There is a company of that name'))
    return null
  throw error
}

const withRoster = async (people: readonly Person[], work: (csv: string) => Promise<unknown>) => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-demo-'))
  try {
    const lines = people.map(({ name, phone, department, title }) =>
      [name, phone, department, title].join(),
    )
    const csv = join(folder, 'roster.csv')
    await writeFile(csv, ['姓名,手机号,部门,职务', ...lines].join('\n'))
    await work(csv)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Call = (token: string, path: string, body: object) => Promise<Record<string, string>>

const callsTo =
  (apiUrl: string, signal: AbortSignal): Call =>
  async (token, path, body) => {
    const response = await fetch(apiUrl + path, {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json', ...(token && { 'x-oa-token': token }) },
      body: JSON.stringify(body),
    })
    const { errno, errmsg, data } = (await response.json()) as {
      errno: number
      errmsg: string
      data: Record<string, string>
    }
    if (errno !== 0) throw new Error(`${path}: ${errno} ${errmsg}`)
    return data
  }

const signInAt =
  (call: Call, { url, appid }: SimulatedPhone) =>
  async ({ person, phone, name }: Person): Promise<string> => {
    const control = createControl(url)
    await control.createPerson({ name: person, phone })
    const { code } = await control.login({ appid, person })
    const userInfo = { nickName: name, avatarUrl: '', gender: 0 }
    const { token = '' } = await call('', '/wx/auth/login_by_weixin', { code, userInfo })
    const { code: phoneCode } = await control.phoneCode({ appid, person })
    await call(token, '/wx/auth/bind_phone', { code: phoneCode })
    return token
  }
