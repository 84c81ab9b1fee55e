import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilItHolds } from './support/eventually.ts'
import { aJpeg, filesIn, formOf, plainPicture, profileTools, uploadAs } from './support/pictures.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const PICTURE_INVALID = 721
const PAYLOAD_TOO_LARGE = 710
const BAD_ARGUMENT = 401
const UNSUPPORTED_MEDIA_TYPE = 711
const MIB = 1_048_576

describe('an uploaded picture', () => {
  let api: TestApi
  let profiles: ReturnType<typeof profileTools>
  beforeAll(async () => {
    api = await startTestApi()
    profiles = profileTools(api)
  })
  afterAll(() => api.close())

  const html = Buffer.from('<html><script>alert(1)</script></html>')

  const PNG_MAGIC = Buffer.from('89504e470d0a1a0a', 'hex')

  it.each([
    [
      'an SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ],
    ['a GIF', () => plainPicture().gif().toBuffer()],
    ['a TIFF', () => plainPicture().tiff().toBuffer()],
    ['HTML', async () => html],
    ['HTML behind the first bytes of a PNG', async () => Buffer.concat([PNG_MAGIC, html])],
    [
      'half a JPEG',
      async () =>
        (await plainPicture({ width: 2_000, height: 2_000 }).jpeg().toBuffer()).subarray(0, 9_000),
    ],
    ['a program', async () => Buffer.from('MZ\u0000 This program cannot be run in DOS mode.')],
    ['a script of PHP', async () => Buffer.from('<?php system($_GET[0]); ?>')],
    ['nothing', async () => Buffer.alloc(0)],
    [
      'a small file of 256 million pixels',
      // Made of lines that repeat, since making all of them takes six seconds.
      () =>
        plainPicture({ width: 16_000, height: 100, background: '#000' })
          .extend({ bottom: 15_900, extendWith: 'copy' })
          .png()
          .toBuffer(),
    ],
  ])('is refused when it is %s, and leaves nothing behind', async (what, make) => {
    const file = await make()
    const before = await filesIn(api.folder)
    const { token, answer } = await uploadAs(api, `sender-of-${what}`, file)

    expect(answer).toMatchObject({ status: 400, errno: PICTURE_INVALID })
    expect(answer.errmsg).toMatch(/图片/)
    expect(await filesIn(api.folder)).toEqual(before)
    expect((await profiles.read(token)).data.avatarUrl).toBe('')
  })

  it.each([
    ['by its length', formOf(Buffer.alloc(MIB + 1))],
    ['by far', formOf(Buffer.alloc(5 * MIB))],
  ])('is refused when it is too large %s', async (how, form) => {
    const { token } = await api.signIn(`sender-of-too-much-${how}`)
    expect(await profiles.uploadForm(token, form)).toMatchObject({
      status: 413,
      errno: PAYLOAD_TOO_LARGE,
      errmsg: '图片不能超过 1 MB',
    })
  })

  it('is refused when it is too large and comes in pieces without a length', async () => {
    const { token } = await api.signIn('sender-of-pieces')
    const { body, headers } = new Response(formOf(Buffer.alloc(5 * MIB)))
    const answer = await fetch(`${api.url}/wx/user/avatar`, {
      method: 'POST',
      headers: { 'x-oa-token': token, 'content-type': headers.get('content-type') ?? '' },
      body,
      duplex: 'half',
    })
    expect([answer.status, await answer.json()]).toMatchObject([413, { errno: PAYLOAD_TOO_LARGE }])
  })

  it('is refused in company, and in other forms', async () => {
    const { token } = await api.signIn('muddler')
    const file = await aJpeg()
    const withField = formOf(file)
    withField.append('userId', '1')
    const ofManyParts = formOf(...Array.from({ length: 1_001 }, () => Buffer.from('x')))

    for (const form of [formOf(file, file), new FormData(), withField, ofManyParts]) {
      expect(await profiles.uploadForm(token, form)).toMatchObject({
        status: 400,
        errno: BAD_ARGUMENT,
      })
    }
    const asJson = await api.call('/wx/user/avatar', { method: 'POST', token, body: { file: 'x' } })
    expect(asJson).toMatchObject({ status: 415, errno: UNSUPPORTED_MEDIA_TYPE })
  })

  /** Sends the begin of a picture under that Content-Length, over a socket of its own. */
  const sendHalf = (token: string, contentLength: number) => {
    const { hostname, port } = new URL(api.url)
    const socket = connect(Number(port), hostname)
    const boundary = 'xxxx'
    socket.write(
      [
        'POST /wx/user/avatar HTTP/1.1',
        'host: x',
        `x-oa-token: ${token}`,
        `content-type: multipart/form-data; boundary=${boundary}`,
        `content-length: ${contentLength}`,
        '',
        `--${boundary}`,
        'content-disposition: form-data; name="file"; filename="a.jpg"',
        '',
        'half of a picture',
      ].join('\r\n'),
    )
    return socket
  }

  it('whose length is given too small is refused as incomplete', async () => {
    const { token } = await api.signIn('under-stater')
    const before = await filesIn(api.folder)
    const socket = sendHalf(token, 90)
    let answer = ''
    socket.on('data', (data) => {
      answer += data
    })
    await untilItHolds(() => expect(answer).toContain(`"errno":${BAD_ARGUMENT}`))
    socket.destroy()

    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(await filesIn(api.folder)).toEqual(before)
  })

  it('that ends half-way leaves nothing behind', async () => {
    const { token } = await api.signIn('cut-off')
    const before = await filesIn(api.folder)
    const socket = sendHalf(token, 100_000)
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await untilItHolds(() => expect(api.logs.text()).toContain('/wx/user/avatar'))

    expect(await filesIn(api.folder)).toEqual(before)
    expect((await profiles.read(token)).data.avatarUrl).toBe('')
  })

  it('does not exist under another name, nor anything else of the folder', async () => {
    for (const path of [
      `/wx/pictures/${'0'.repeat(32)}-640.webp`,
      '/wx/pictures/..%2foa.db',
      `/wx/pictures/${'0'.repeat(32)}-641.webp`,
      '/wx/pictures/',
    ]) {
      const { response } = await profiles.picture(path)
      expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true])
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })
})
