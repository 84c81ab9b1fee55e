import { createSimulatorPlatform } from '@oa/miniprogram-host'
import type { Control } from '@oa/wechat-simulator/control'
import { createControl } from '@oa/wechat-simulator/control'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import type { Api } from './api.ts'
import { createApi } from './api.ts'
import type { Gate } from './gate.ts'
import { startGate } from './gate.ts'
import { newNumber } from './numbers.ts'
import { HOME, LOGIN } from './pages.ts'
import type { Phone } from './phone.ts'
import { createPhone, says } from './phone.ts'
import type { PhoneActions } from './phone-actions.ts'
import { phoneActions } from './phone-actions.ts'
import { APP_ID } from './project.ts'
import type { Stack } from './stack.ts'
import type { Look, Target } from './target.ts'
import { openTarget } from './target.ts'
import type { Origin } from './toasts.ts'
import { toasts, watchToasts } from './toasts.ts'
import { until } from './until.ts'

/** Everything that one test has: a person with a phone, and the ways to see what really happened. */
export interface World extends PhoneActions {
  /** Nobody has signed in under this name before; the phone number is shown as MASKED. */
  person: string
  phone: Phone
  gate: Gate
  api: Api
  wechat: Control
  stack: Stack
  /** How often WeChat was asked who this person is. */
  signIns(): Promise<number>
  /** The person closes the mini-program and opens it again. */
  restart(look?: Look): Promise<void>
  /** wx.login fails from now on, until `allowLogin`. */
  refuseLogin(): Promise<void>
  allowLogin(): Promise<void>
  /** Signs the person in on the phone and gives the token that was stored. */
  signIn(nickName?: string): Promise<string>
  /** The phone waits for answers a moment only, until `restoreTimeouts`. */
  shortenTimeouts(): Promise<void>
  restoreTimeouts(): Promise<void>
  /** Moves the clocks of an API and a WeChat of one's own. */
  letTimePass(milliseconds: number): Promise<void>
  /** Waits until the last toast says this. */
  told(text: string | RegExp): Promise<unknown>
}

let lastPerson = 0

/**
 * Gives the tests of a file a world. Each begins at the home page, as somebody new; none may leave
 * an exception or a console error behind. With `own` the file has an API and a WeChat for itself.
 */
export const useWorld = ({ own = false } = {}): World => {
  const world = {} as World
  /** Gives the phone to somebody. */
  let hold = (_person: string) => {}
  const closing: (() => Promise<unknown>)[] = []
  const close = (part: { close(): Promise<unknown> }) => closing.unshift(() => part.close())

  beforeAll(async () => {
    // Loaded only where it is needed: a WeChat of its own takes long to load.
    const shared = inject('stack')
    const started = own
      ? await (await import('./stack.ts')).startStack(shared.apiFolder)
      : undefined
    if (started) close(started)
    world.stack = started?.stack ?? shared
    if (started) world.letTimePass = letTimePass(world, started.advanceClock)
    world.gate = await startGate(world.stack.apiUrl)
    close(world.gate)
    world.wechat = createControl(world.stack.simulatorUrl)
    world.api = createApi(world.stack.apiUrl, world.wechat)
    const url = world.stack.simulatorUrl
    const {
      usePerson,
      nickname: _,
      ...wechat
    } = createSimulatorPlatform({
      url,
      appid: APP_ID,
      person: '',
    })
    hold = usePerson
    const target = await openTarget(
      { wechat, storage: { apiBase: world.gate.url } },
      inject('wsEndpoint'),
    )
    close(target)
    const { begin, ...rest } = actions(world, target)
    await begin()
    Object.assign(world, rest)
  })

  beforeEach(async () => {
    const { phone, gate } = world
    lastPerson += 1
    world.person = `person-${process.pid}-${lastPerson}`
    await world.wechat.createPerson({ name: world.person, phone: newNumber() })
    hold(world.person)
    gate.reset()
    await phone.program().callWxMethod('clearStorageSync')
    await phone.program().callWxMethod('setStorageSync', 'apiBase', gate.url)
    await world.allowLogin()
    await phone.open('pages/index/index')
    await phone.sees('.go-login', '登录')
    gate.reset()
  })

  afterEach(() => {
    expect(world.phone.takeComplaints()).toEqual([])
  })

  afterAll(async () => {
    for (const end of closing) await end()
  })

  return world
}

const letTimePass =
  (world: World, advanceApi: (milliseconds: number) => Promise<void>) =>
  async (milliseconds: number) => {
    await world.wechat.advanceClock(milliseconds)
    await advanceApi(milliseconds)
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
      // DevTools does not restore what was mocked: a code that our WeChat knows stands in.
      else await login({ code: `e2e-${world.person}`, errMsg: 'login:ok' })
    },
    async signIn(nickName = '') {
      await phone.open(LOGIN)
      if (nickName) await phone.type('.nickname', nickName)
      await phone.tap('.submit')
      await phone.isOn(HOME)
      await phone.seesNo('.guest')
      return String(await phone.stored('token'))
    },
    ...phoneActions(world, target, phone),
    // A task is no promise: the outcome has to be taken from its callbacks.
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
    told: (text: string | RegExp) =>
      until(`the toast “${text}”`, async () => {
        const last = (await toasts(target.program)).at(-1) ?? ''
        return says(last, text)
      }),
  }
}
