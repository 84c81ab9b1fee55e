import { createSimulatorPlatform } from '@oa/miniprogram-host'
import type { Control } from '@oa/wechat-simulator/control'
import { createControl } from '@oa/wechat-simulator/control'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import type { Api } from './api.ts'
import { createApi } from './api.ts'
import type { Gate } from './gate.ts'
import { startGate } from './gate.ts'
import { newNumber } from './numbers.ts'
import { HOME } from './pages.ts'
import type { Phone } from './phone.ts'
import { createPhone, says } from './phone.ts'
import type { PhoneActions } from './phone-actions.ts'
import { phoneActions } from './phone-actions.ts'
import { APP_ID } from './project.ts'
import type { ReminderActions } from './reminder-actions.ts'
import { reminderActions } from './reminder-actions.ts'
import type { Stack } from './stack.ts'
import type { Look, Target } from './target.ts'
import { openTarget } from './target.ts'
import type { Origin } from './toasts.ts'
import { toasts, watchToasts } from './toasts.ts'
import { until } from './until.ts'

/** What a test gets: a user with a phone, and what tells what really happened. */
export interface World extends PhoneActions, ReminderActions {
  /** A new user in each test, who has not signed in yet; their phone number is shown as MASKED. */
  person: string
  phone: Phone
  gate: Gate
  api: Api
  wechat: Control
  stack: Stack
  /** How often the API asked WeChat who this user is. */
  signIns(): Promise<number>
  /** Closes the mini-program and opens it again. */
  restart(look?: Look): Promise<void>
  /**
   * From now on somebody else holds the phone, with what they had stored on theirs; by default a new
   * person. Resolves with who that is.
   */
  handTo(person?: string): Promise<string>
  /** Makes wx.login fail until `allowLogin`. */
  refuseLogin(): Promise<void>
  allowLogin(): Promise<void>
  /** Signs the user in on the phone and resolves with the stored token. */
  signIn(nickName?: string): Promise<string>
  /** Makes requests time out after 300 ms until `restoreTimeouts`. */
  shortenTimeouts(): Promise<void>
  restoreTimeouts(): Promise<void>
  /** Moves the clocks of the API and WeChat forward; only with `own`. */
  letTimePass(milliseconds: number): Promise<void>
  /** Waits until the last toast contains the text. */
  told(text: string | RegExp): Promise<unknown>
}

/**
 * A test fixture. Each test begins at the home page as a new user, and fails when the mini-program
 * reports an exception or a console error. With `own` the file has an API and a WeChat of its own.
 */
export const useWorld = ({ own = false } = {}): World => {
  // Complete before the first test runs, and read only while tests run.
  const world = {} as World
  let usePerson = (_person: string) => {}
  const closing: (() => Promise<unknown>)[] = []
  const closeLater = (part: Closable) => closing.unshift(() => part.close())

  beforeAll(async () => {
    const opened = await open(own, closeLater)
    const { stack, gate, target, advanceApi } = opened
    usePerson = opened.usePerson
    world.stack = stack
    world.gate = gate
    world.wechat = createControl(stack.simulatorUrl)
    world.api = createApi(stack.apiUrl, world.wechat)
    world.handTo = handingOver(world, opened.usePerson)
    if (advanceApi) world.letTimePass = letTimePass(world, advanceApi)
    const { begin, ...rest } = actions(world, target)
    await begin()
    Object.assign(world, rest)
  })

  beforeEach(() => beginAsNewUser(world, usePerson))

  afterEach(() => {
    expect(world.phone.takeComplaints()).toEqual([])
  })

  afterAll(async () => {
    for (const close of closing) await close()
  })

  return world
}

interface Closable {
  close(): Promise<unknown>
}

/** Opens the mini-program on the target, with a stack of its own or the shared one. */
const open = async (own: boolean, closeLater: (part: Closable) => void) => {
  const shared = inject('stack')
  // Imported only where it is needed, since the simulator takes long to load.
  const started = own ? await (await import('./stack.ts')).startStack(shared.apiFolder) : undefined
  if (started) closeLater(started)
  const stack = started?.stack ?? shared
  const gate = await startGate(stack.apiUrl)
  closeLater(gate)
  const platform = createSimulatorPlatform({ url: stack.simulatorUrl, appid: APP_ID, person: '' })
  const { usePerson, nickname: _, ...wechat } = platform
  const storage = { apiBase: gate.url }
  const target = await openTarget({ wechat, storage }, inject('wsEndpoint'))
  closeLater(target)

  return { stack, gate, target, usePerson, advanceApi: started?.advanceClock }
}

const letTimePass =
  (world: World, advanceApi: (milliseconds: number) => Promise<void>) =>
  async (milliseconds: number) => {
    await world.wechat.advanceClock(milliseconds)
    await advanceApi(milliseconds)
  }

let lastPerson = 0

const newPerson = async ({ wechat }: World): Promise<string> => {
  lastPerson += 1
  const name = `person-${process.pid}-${lastPerson}`
  await wechat.createPerson({ name, phone: newNumber() })

  return name
}

const beginAsNewUser = async (world: World, usePerson: (person: string) => void) => {
  const { phone, gate } = world
  world.person = await newPerson(world)
  usePerson(world.person)
  gate.reset()
  await phone.program().callWxMethod('clearStorageSync')
  await phone.program().callWxMethod('setStorageSync', 'apiBase', gate.url)
  await world.allowLogin()
  await phone.open(HOME)
  await phone.find('.go-login')
  gate.reset()
}

const handingOver = (world: World, usePerson: (person: string) => void) => {
  const stored = new Map<string, [key: string, value: unknown][]>()

  return async (to?: string): Promise<string> => {
    const program = world.phone.program()
    const { keys } = (await program.callWxMethod('getStorageInfoSync')) as { keys: string[] }
    const kept = keys.map(
      async (key): Promise<[string, unknown]> => [key, await world.phone.stored(key)],
    )
    stored.set(world.person, await Promise.all(kept))
    world.person = to ?? (await newPerson(world))
    usePerson(world.person)
    await program.callWxMethod('clearStorageSync')
    const first: [string, unknown][] = [['apiBase', world.gate.url]]
    for (const [key, value] of stored.get(world.person) ?? first) {
      await program.callWxMethod('setStorageSync', key, value)
    }
    await world.allowLogin()
    await world.phone.open(HOME)

    return world.person
  }
}

const actions = (world: World, target: Target) => {
  const phone = createPhone(target)
  const login = async (answer: object) => {
    await target.program.mockWxMethod('login', answer)
  }
  const begin = async () => {
    phone.listen()
    await watchToasts(target.program)
  }

  return {
    phone,
    begin,
    async signIns() {
      const calls = await world.wechat.calls({ path: '/sns/jscode2session' })
      return calls.filter(({ person }) => person === world.person).length
    },
    async restart(look?: Look) {
      await target.restart(look)
      await begin()
    },
    refuseLogin: () => login({ errMsg: 'login:fail auth deny' }),
    async allowLogin() {
      if (target.hasWeChat) await target.program.restoreWxMethod('login')
      // DevTools cannot restore a mocked method: it returns a code that the simulated WeChat knows.
      else await login({ code: `e2e-${world.person}`, errMsg: 'login:ok' })
    },
    async signIn(nickName = '') {
      await world.openLogin()
      if (nickName) await phone.type('.nickname', nickName)
      await phone.tap('.submit')
      await phone.isOn(HOME)
      await phone.seesNo('.guest')
      return String(await phone.stored('token'))
    },
    ...phoneActions(world, target, phone),
    ...reminderActions(world, target, phone),
    ...timeouts(target),
    told: (text: string | RegExp) =>
      until(`the toast “${text}”`, async () => {
        const last = (await toasts(target.program)).at(-1) ?? ''
        return says(last, text)
      }),
  }
}

// wx.request returns a task, not a promise: the outcome comes from its callbacks.
const timeouts = (target: Target) => ({
  shortenTimeouts: () =>
    target.program.mockWxMethod('request', function (this: Origin, options: object) {
      return new Promise((resolve) => {
        const { complete, ...sent } = options as { complete?: unknown }
        this.origin({ ...sent, timeout: 300, success: resolve, fail: resolve })
      })
    }),
  restoreTimeouts: () =>
    target.program.mockWxMethod('request', function (this: Origin, options: object) {
      return new Promise((resolve) => {
        const { complete, ...sent } = options as { complete?: unknown }
        this.origin({ ...sent, success: resolve, fail: resolve })
      })
    }),
})
