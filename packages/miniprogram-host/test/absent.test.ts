import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { describeOnBackends } from './support/backends.ts'
import { outcome } from './support/outcome.ts'
import { onePage, writeProject } from './support/project.ts'
import type { Target } from './support/target.ts'
import { openForTest, until } from './support/target.ts'

const blank = () => openForTest(writeProject())

const dialogs = async (target: Target) =>
  ((await target.host.send('Host.getUi')) as { dialogs: { kind: string; content: object }[] })
    .dialogs

/** The result of a wx call whose dialog the user answers with `value`. */
const answered = async (target: Target, call: string, value: unknown) => {
  const result = outcome(target, call)
  await until(async () => (await dialogs(target)).length)
  await target.host.send('Host.answer', { value })
  return result
}

describe('an app that calls what this host lacks', () => {
  it('starts, and reads once in its console what is missing', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts': `App({
          onLaunch() {
            wx.startWifi({ fail: ({ errMsg }) => { this.failed = errMsg } })
            wx.startWifi({ fail() {} })
            const sound = wx.createInnerAudioContext()
            sound.src = 'a.mp3'
            sound.onEnded(() => {})
            sound.play()
            this.sound = [sound.src, sound.paused]
            wx.getRecorderManager().onStop(() => {})
            wx.onBLEConnectionStateChange(() => {})
            this.experiment = wx.getExptInfoSync(['a']).a
            requirePlugin('maps').init({ key: 1 })
          },
        })`,
      }),
    )
    expect(target.exceptions).toEqual([])
    expect(await target.path()).toBe('pages/a/a')
    expect(await until(() => target.run('() => getApp().failed'))).toBe(
      'startWifi:fail not supported by miniprogram-host',
    )
    expect(await target.run('() => getApp().sound')).toEqual(['a.mp3', true])
    expect(target.logs.map(({ type, args }) => [type, ...args])).toEqual([
      [
        'warn',
        'miniprogram-host: wx.createInnerAudioContext is not supported; what it returns has no effect',
      ],
      [
        'warn',
        'miniprogram-host: wx.getRecorderManager is not supported; what it returns has no effect',
      ],
      ['warn', 'miniprogram-host: wx.getExptInfoSync is not supported and returns an empty object'],
      [
        'warn',
        'miniprogram-host: plugins are not supported; what requirePlugin("maps") gives has no effect',
      ],
      ['warn', 'miniprogram-host: wx.startWifi is not supported and fails'],
    ])
  })

  it('builds queries of wx.cloud, which fail when they are sent', async () => {
    const target = await blank()
    const failed = await target.run(`() => {
      wx.cloud.init({ env: 'a' })
      wx.cloud.uploadFile({ fail() {} }).onProgressUpdate(() => {})
      const db = wx.cloud.database()
      const command = db.command
      return Promise.all([
        db.collection('a').where({ n: command.gt(1).and(command.lt(2)) }).orderBy('n', 'asc').get()
          .catch(({ errMsg }) => errMsg),
        wx.cloud.callFunction({ name: 'a' }).catch(({ errMsg }) => errMsg),
      ])
    }`)
    expect(failed).toEqual([
      expect.stringMatching(/\.get:fail the cloud of the app cannot be reached/),
      expect.stringMatching(/^cloud\.callFunction:fail the cloud of the app cannot be reached/),
    ])
  })

  it('ends the animations of Skyline at once', async () => {
    const target = await openForTest(
      onePage(`{
        run() {
          const { shared, derived, timing, sequence, Easing } = wx.worklet
          const left = shared(0)
          const twice = derived(() => left.value * 2)
          left.value = sequence(timing(10), timing(20, { easing: Easing.bezier(0, 0, 1, 1).factory() }))
          let style = null
          this.applyAnimatedStyle('.a', () => { style = { left: left.value } })
          return [left.value, twice.value, style]
        },
      }`),
    )
    expect(await (await target.page()).callMethod('run')).toEqual([20, 40, { left: 20 }])
  })

  it('has every step of an animation, and the methods of pages for one', async () => {
    const target = await openForTest(
      onePage(`{
        run() {
          const animation = wx.createAnimation({ duration: 100 })
          animation.option.transition.duration = 0
          animation.rotateX(1).scale3d(1, 1, 1).skewY(2).matrix(1, 0, 0, 1, 0, 0).step()
          return new Promise((resolve) => {
            this.animate('.a', [{ opacity: 0 }], 10, () => resolve(animation.export().actions[0].option))
          })
        },
      }`),
    )
    expect(await (await target.page()).callMethod('run')).toEqual({
      transformOrigin: '50% 50% 0',
      transition: { duration: 0, timingFunction: 'linear', delay: 0 },
    })
  })
})

describe('what WeChat asks the user', () => {
  const ORDER = "timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', paySign: 's'"
  const yes = { confirm: true }

  it.each([
    ['a payment, without charging', `wx.requestPayment({ ${ORDER}, ...options })`, yes, {}],
    ['an address', 'wx.chooseAddress(options)', yes, { userName: '张三', cityName: '广州市' }],
    ['a place', 'wx.chooseLocation(options)', yes, { latitude: 23.09994 }],
    ['the position', "wx.getLocation({ type: 'gcj02', ...options })", true, { accuracy: 65 }],
    ['another mini-program', "wx.navigateToMiniProgram({ appId: 'wx1', ...options })", yes, {}],
    ['to see a place', 'wx.openLocation({ latitude: 1, longitude: 1, ...options })', yes, {}],
    [
      'a file',
      'wx.chooseMessageFile({ count: 1, ...options })',
      { name: 'a.txt', base64: 'YWI=' },
      { tempFiles: [expect.objectContaining({ name: 'a.txt', size: 2 })] },
    ],
  ])('is asked here in a dialog: %s', async (_what, call, answer, result) => {
    expect(await answered(await blank(), call, answer)).toMatchObject({
      kind: 'success',
      ...result,
    })
  })

  it.each([
    ['wx.requestPayment', `wx.requestPayment({ ${ORDER}, ...options })`, { confirm: false }],
    ['wx.chooseMessageFile', 'wx.chooseMessageFile(options)', false],
  ])('can be refused: %s', async (_name, call, answer) => {
    expect(await answered(await blank(), call, answer)).toMatchObject({
      kind: 'fail',
      errMsg: expect.stringMatching(/:fail cancel$/),
    })
  })

  it('is not asked for a payment that WeChat would refuse', async () => {
    expect(await outcome(await blank(), 'wx.requestPayment(options)')).toEqual({
      kind: 'fail',
      errMsg: 'requestPayment:fail parameter error: parameter.timeStamp should be String',
    })
  })
})

/** A WebSocket server that answers each message with itself, and closes at `bye`. */
const startEcho = async (): Promise<string> => {
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  server.on('connection', (socket) => {
    socket.on('message', (raw, isBinary) => {
      if (String(raw) === 'bye') socket.close(4000, 'as asked')
      else socket.send(raw, { binary: isBinary })
    })
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
    http.closeAllConnections()
    http.close()
  })
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
}

describeOnBackends('a WebSocket', (backend) => {
  it('sends and receives text and bytes until it is closed', async () => {
    const url = await startEcho()
    const target = await openForTest(writeProject(), { backend })
    const heard = await target.run(
      `(url) => new Promise((resolve) => {
        const heard = []
        const task = wx.connectSocket({ url })
        task.onOpen(() => {
          heard.push(task.readyState)
          task.send({ data: '你好' })
          task.send({ data: new Uint8Array([1, 2]).buffer })
        })
        task.onMessage(({ data }) => {
          heard.push(typeof data === 'string' ? data : data.byteLength)
          if (heard.length === 3) task.send({ data: 'bye' })
        })
        task.onClose(({ code, reason }) => resolve([...heard, code, reason]))
      })`,
      url,
    )
    expect(heard).toEqual([1, '你好', 2, 4000, 'as asked'])
  })

  it('tells that nobody answers', async () => {
    const target = await openForTest(writeProject(), { backend })
    const failed = await target.run(`() => new Promise((resolve) => {
      wx.onSocketError(resolve)
      wx.connectSocket({ url: 'ws://127.0.0.1:1' })
    })`)
    expect(failed).toMatchObject({ errMsg: expect.stringContaining('ECONNREFUSED') })
  })
})
