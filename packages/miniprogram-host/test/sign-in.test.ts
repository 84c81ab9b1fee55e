import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { HostOptions } from '../src/index.ts'
import { describeOnBackends } from './support/backends.ts'
import type { Target } from './support/target.ts'
import { openTarget, startApi, until } from './support/target.ts'

describeOnBackends('sign-in', (backend) => {
  let target: Target
  let api: Awaited<ReturnType<typeof startApi>>
  let logins = 0
  const platform: HostOptions['platform'] = {
    login: async () => ({ code: `code-${++logins}` }),
    checkSession: async () => true,
    phoneNumber: async () => ({ code: 'phone-code' }),
  }

  beforeAll(async () => {
    api = await startApi((body) =>
      body.code === 'bad'
        ? { errno: 701, errmsg: '登录凭证无效' }
        : { errno: 0, errmsg: '', data: { token: `token-${body.code}`, person: body.person } },
    )
    target = await openTarget('sign-in', { backend, platform })
    await target.run('(base) => { getApp().globalData.apiBase = base }', api.base)
  }, 60_000)
  afterAll(async () => {
    await target?.close()
    await api?.close()
  })
  beforeEach(async () => {
    await target.program.callWxMethod('clearStorageSync')
    await target.go('reLaunch', '/pages/home/home')
  })

  it('connects, and reports the open pages and the base library', async () => {
    const stack = await target.program.pageStack()
    expect(stack.map((page) => page.path)).toEqual(['pages/home/home'])
    expect(await target.program.systemInfo()).toMatchObject({ SDKVersion: '3.8.0' })
  })

  it('signs in by tapping, typing and submitting, and shows the user', async () => {
    const home = await target.page()
    expect(await (await home.$('.guest'))?.text()).toBe('未登录')
    await (await home.$('button.go-login'))?.tap()
    await until(async () => (await target.path()) === 'pages/login/login')

    const login = await target.page()
    expect(login.query).toEqual({ from: 'home' })
    const field = await target.find('input.nickname')
    await field.input('小明😀')
    expect(await field.value()).toBe('小明😀')
    expect(await login.data()).toMatchObject({ nickname: '小明😀', inputs: 1 })
    await (await login.$('#avatar-button'))?.trigger('chooseavatar', {
      avatarUrl: 'http://tmp/a.png',
    })
    await (await login.$('button.submit'))?.tap()
    await until(async () => (await target.path()) === 'pages/home/home')

    const back = await target.page()
    await until(() => back.$('.greeting'))
    expect(await (await back.$('.greeting'))?.text()).toBe('你好，小明😀')
    expect(await target.program.callWxMethod('getStorageSync', 'token')).toBe(
      `token-code-${logins}`,
    )
    expect(api.seen.at(-1)).toMatchObject({
      url: '/login',
      body: { person: { nickname: '小明😀', avatar: 'http://tmp/a.png' } },
    })
  })

  it('finds elements of a component only through its handle', async () => {
    await target.program.callWxMethod('setStorageSync', 'person', { nickname: '小红', avatar: '' })
    const home = await target.go('reLaunch', '/pages/home/home')
    const card = await target.find('person-card')
    expect(await card.data('person.nickname')).toBe('小红')
    expect(await card.callMethod('next', 41)).toBe(42)
    expect(await (await card.$('.name'))?.text()).toBe('小红')
    expect(await home.$('.name')).toBeNull()
    await (await card.$('button.leave'))?.tap()
    await until(() => home.$('.guest'))
    expect(await target.program.callWxMethod('getStorageSync', 'person')).toBe('')
  })

  it('shows a refusal of the API, with wx.login mocked by value and by function', async () => {
    await target.program.mockWxMethod('login', { code: 'bad', errMsg: 'login:ok' })
    const login = await target.go('navigateTo', '/pages/login/login')
    await (await login.$('button.submit'))?.tap()
    await until(() => login.$('.error'))
    expect(await (await login.$('.error'))?.text()).toBe('登录凭证无效')

    await target.program.mockWxMethod(
      'login',
      function (this: { origin(options: object): void }, _options: unknown, prefix: string) {
        return new Promise((resolve) => {
          this.origin({
            success: (result: { code: string }) => resolve({ code: prefix + result.code }),
          })
        })
      } as never,
      'mocked-',
    )
    await (await login.$('button.submit'))?.tap()
    await until(async () => (await target.path()) === 'pages/home/home')
    expect(await target.program.callWxMethod('getStorageSync', 'token')).toMatch(
      /^token-mocked-code-/,
    )
    await target.program.restoreWxMethod('login')
  })

  it('fails the call when a mocked errMsg contains :fail', async () => {
    await target.program.mockWxMethod('request', { errMsg: 'request:fail timeout' })
    const login = await target.go('navigateTo', '/pages/login/login')
    await (await login.$('button.submit'))?.tap()
    await until(() => login.$('.error'))
    expect(await (await login.$('.error'))?.text()).toBe('request:fail timeout')
    await target.program.restoreWxMethod('request')
  })

  it('finds, taps, long-presses and serialises elements of wx:for', async () => {
    const home = await target.page()
    const [first, second] = await home.$$('.meeting')
    await second?.tap()
    expect(await home.data('picked')).toBe(2)
    await second?.longpress()
    expect(await home.data('held')).toBe(1)
    expect(await second?.attribute('data-id')).toBe('2')
    expect(await first?.outerWxml()).toBe('<view class="meeting" data-id="1">1. 周会</view>')
    await home.setData({ 'meetings[0].title': '晨会' })
    expect(await first?.text()).toBe('1. 晨会')
    const found = await home.xpath('//view[contains(text(), "晨")]')
    expect(await found?.text()).toBe('1. 晨会')
  })

  it('answers for covered and closed pages as DevTools does', async () => {
    const home = await target.page()
    await home.callMethod('goLogin')
    await until(async () => (await target.path()) === 'pages/login/login')
    await expect(home.data()).rejects.toThrow('page is not on top of page stack')
    const login = await target.page()
    expect((await target.go('navigateBack')).path).toBe('pages/home/home')
    await expect(login.data()).rejects.toThrow('page destroyed')
  })

  it('returns a phone code when the user allows it, and WeChat’s refusal otherwise', async () => {
    const login = await target.go('navigateTo', '/pages/login/login')
    const native = target.program.native()
    const done = (answer: Promise<unknown>) => answer.then(Boolean, () => false)
    await (await login.$('button.phone'))?.tap()
    await until(() => done(native.authorizeAllow()))
    expect(await until(() => login.data('phone'))).toBe('phone-code')
    await (await login.$('button.phone'))?.tap()
    await until(() => done(native.authorizeCancel()))
    await until(async () => (await login.data('phone')) !== 'phone-code')
    expect(await login.data('phone')).toBe('getPhoneNumber:fail user deny')
  })

  it('reports console lines, bindings, and exceptions with their position in the source', async () => {
    let bound: unknown
    await target.program.exposeFunction('tell', (value: unknown) => {
      bound = value
    })
    const login = await target.go('navigateTo', '/pages/login/login?from=test')
    await target.run('() => tell({ a: 1 })')
    await (await login.$('button.break'))?.tap()
    await until(() => target.exceptions.length > 0 && target.logs.length > 0 && bound)
    expect(bound).toEqual({ a: 1 })
    expect(target.logs.at(-1)).toMatchObject({ type: 'log', args: ['login opened from', 'test'] })
    expect(target.exceptions.at(-1)).toMatchObject({
      name: 'TypeError',
      message: 'thrown by the page',
    })
    expect(target.exceptions.at(-1)?.stack).toContain('pages/login/login.ts:42:11')
    const errors = await target.run('() => getApp().globalData.errors')
    expect(errors).toHaveLength(1)
  })
})
