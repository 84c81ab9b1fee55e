import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { describeOnBackends } from './support/backends.ts'
import { onePage } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

/** A picture of one pixel, of each type that phones give. */
const PICTURES = {
  jpg: '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
}

interface Received {
  type: string
  length: string
  body: Buffer
}

/** A server that keeps what it is sent and answers 201 `{"url":"/a"}`, or does not answer. */
const startServer = async (answers = true) => {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { 'content-type': type = '', 'content-length': length = '' } = request.headers
      received.push({ type, length, body: Buffer.concat(chunks) })
      if (answers) response.writeHead(201).end('{"url":"/a"}')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received }
}

const PAGE = `{
  data: { avatarUrl: '' },
  onChoose({ detail }) { this.setData({ avatarUrl: detail.avatarUrl }) },
}`
const BUTTON = '<button class="choose" open-type="chooseAvatar" bindchooseavatar="onChoose" />'

describeOnBackends('the avatar that a user chooses', (backend) => {
  const open = () => openForTest(onePage(PAGE, BUTTON), { backend })
  const choose = async (target: Awaited<ReturnType<typeof open>>, base64: string) => {
    await (await target.find('.choose')).tap()
    await until(async () => {
      const { dialogs } = (await target.host.send('Host.getUi')) as { dialogs: unknown[] }
      return dialogs.length > 0
    })
    await target.host.send('Host.answer', { value: { base64 } })
    return until(async () => (await target.page()).data('avatarUrl')) as Promise<string>
  }

  it.each(['png', 'jpg'] as const)('is a temporary %s file with its real size', async (type) => {
    const target = await open()
    const avatarUrl = await choose(target, PICTURES[type])
    expect(avatarUrl).toMatch(new RegExp(`^http://tmp/\\d+\\.${type}$`))
    const info = await target.program.callWxMethod('getImageInfo', { src: avatarUrl })
    expect(info).toMatchObject({ width: 1, height: 1, type: type === 'jpg' ? 'jpeg' : type })
  })

  it.each([
    ['png', 'image/png'],
    ['jpg', 'image/jpeg'],
  ] as const)('is uploaded byte for byte: %s', async (type, mime) => {
    const { url, received } = await startServer()
    const target = await open()
    const filePath = await choose(target, PICTURES[type])
    const result = await target.run(
      `(url, filePath) => new Promise((success, fail) => {
        wx.uploadFile({
          url, filePath, name: 'avatar', formData: { who: '小明', "a\\"b": 1 },
          header: { 'Content-Type': 'multipart/form-data', 'x-token': 't' }, success, fail,
        })
      })`,
      url,
      filePath,
    )
    expect(result).toMatchObject({
      statusCode: 201,
      data: '{"url":"/a"}',
      errMsg: 'uploadFile:ok',
    })
    const [{ type: contentType, length, body } = { type: '', length: '', body: Buffer.alloc(0) }] =
      received
    expect(contentType).toMatch(/^multipart\/form-data; boundary=/)
    expect(Number(length)).toBe(body.length)
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData()
    expect(form.get('who')).toBe('小明')
    expect(form.get('a"b') ?? form.get('a%22b')).toBe('1')
    const file = form.get('avatar') as File
    expect([file.name.endsWith(`.${type}`), file.type]).toEqual([true, mime])
    expect(Buffer.from(await file.arrayBuffer()).toString('base64')).toBe(PICTURES[type])
  })

  it('tells the progress of its upload, then the headers', async () => {
    const { url } = await startServer()
    const target = await open()
    const filePath = await choose(target, PICTURES.png)
    const heard = await target.run(
      `(url, filePath) => new Promise((resolve, reject) => {
        const heard = []
        const task = wx.uploadFile({
          url, filePath, name: 'a', success: () => resolve(heard), fail: reject,
        })
        task.onProgressUpdate(({ progress, totalBytesSent, totalBytesExpectedToSend }) =>
          heard.push([progress, totalBytesSent === totalBytesExpectedToSend]))
        task.onHeadersReceived(({ statusCode }) => heard.push(statusCode))
      })`,
      url,
      filePath,
    )
    expect(heard).toEqual([[100, true], 201])
  })

  it('is not uploaded further once the task is aborted', async () => {
    const { url, received } = await startServer(false)
    const target = await open()
    const filePath = await choose(target, PICTURES.png)
    await target.run(
      `(url, filePath) => {
        getApp().task = wx.uploadFile({
          url, filePath, name: 'a', fail: ({ errMsg }) => { getApp().failed = errMsg },
        })
      }`,
      url,
      filePath,
    )
    await until(() => received.length)
    await target.run('() => getApp().task.abort()')
    expect(await until(() => target.run('() => getApp().failed'))).toBe('uploadFile:fail abort')
  })

  it('fails to be uploaded from a path where no file is', async () => {
    const { url } = await startServer()
    const target = await open()
    await expect(
      target.program.callWxMethod('uploadFile', { url, filePath: 'http://tmp/none', name: 'a' }),
    ).rejects.toThrow("file doesn't exist http://tmp/none")
  })
})

describeOnBackends('a file of the project', (backend) => {
  it('can be read and uploaded by its path', async () => {
    const { url, received } = await startServer()
    const target = await openForTest(onePage('{}', '<view />', { 'assets/note.txt': '内容' }), {
      backend,
    })
    const read = await target.program.callWxMethod('uploadFile', {
      url,
      filePath: '/assets/note.txt',
      name: 'note',
    })
    expect(read).toMatchObject({ statusCode: 201 })
    expect(received[0]?.body.toString()).toContain('内容')
  })
})
