import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { callsOf, ownDataTools } from './support/own-data.ts'
import { aJpeg, filesIn, formOf, plainPicture, profileTools } from './support/pictures.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const PICTURE_INVALID = 721
const PAYLOAD_TOO_LARGE = 710
const BAD_ARGUMENT = 401
const UNSUPPORTED_MEDIA_TYPE = 711
const MIB = 1_048_576
const run = promisify(execFile)

describe('an uploaded picture', () => {
  let api: TestApi
  let profiles: ReturnType<typeof profileTools>
  beforeAll(async () => {
    api = await startTestApi()
    profiles = profileTools(api)
  })
  afterAll(() => api.close())
  afterEach(() => void vi.useRealTimers())

  const uploadAs = async (person: string, file: Buffer) => {
    const { token } = await api.signIn(person)
    return { token, answer: await profiles.upload(token, file) }
  }

  it.each([
    ['jpeg', () => plainPicture().jpeg().toBuffer()],
    ['png', () => plainPicture().png().toBuffer()],
    ['webp', () => plainPicture().webp().toBuffer()],
  ])('of type %s becomes two squares of webp, cached for ever', async (type, make) => {
    const { token, answer } = await uploadAs(`owner-of-${type}`, await make())
    const { avatarUrl } = answer.data

    expect(answer).toMatchObject({ errno: 0, data: { pictureState: 'checked' } })
    expect((await api.info(token)).data.userInfo.avatarUrl).toBe(avatarUrl)
    for (const size of [640, 132]) {
      const { response, content } = await profiles.picture(avatarUrl.replace('-640', `-${size}`))
      expect(response.status).toBe(200)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      })
      const { format, width, height } = await sharp(content).metadata()
      expect([format, width, height]).toEqual(['webp', size, size])
    }
  })

  it('keeps nothing but its pixels, turned as the camera was held', async () => {
    const halves = await sharp(await plainPicture({ width: 200, height: 100 }).png().toBuffer())
      .composite([
        {
          input: await plainPicture({ width: 100, height: 100, background: '#ff0000' })
            .png()
            .toBuffer(),
          left: 0,
          top: 0,
        },
      ])
      .withExif({ IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitude: '31/1 13/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(halves.toString('latin1')).toContain('Exif')
    const { answer } = await uploadAs(
      'photographer',
      Buffer.concat([halves, Buffer.from('<?php echo 1; ?>')]),
    )
    const { content } = await profiles.picture(answer.data.avatarUrl)

    expect(answer.errno).toBe(0)
    const { exif, icc, xmp, orientation } = await sharp(content).metadata()
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
    expect(content.toString('latin1')).not.toMatch(/SECRET-OWNER|<\?php|Exif/)
    // Orientation 6 turns what was left to the top.
    const top = await sharp(content)
      .extract({ left: 300, top: 50, width: 1, height: 1 })
      .raw()
      .toBuffer()
    expect(top[0]).toBeGreaterThan(200)
  })

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
    ['nothing', async () => Buffer.alloc(0)],
    [
      'a small file of 256 million pixels',
      () => plainPicture({ width: 16_000, height: 16_000 }).png({ compressionLevel: 9 }).toBuffer(),
    ],
  ])('is refused when it is %s, and leaves nothing behind', async (what, make) => {
    const file = await make()
    const before = await filesIn(api.folder)
    const { token, answer } = await uploadAs(`sender-of-${what}`, file)

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

  it('is refused in company, and in other forms', async () => {
    const { token } = await api.signIn('muddler')
    const file = await aJpeg()
    const withField = formOf(file)
    withField.append('userId', '1')

    for (const form of [formOf(file, file), new FormData(), withField]) {
      expect(await profiles.uploadForm(token, form)).toMatchObject({
        status: 400,
        errno: BAD_ARGUMENT,
      })
    }
    const asJson = await api.call('/wx/user/avatar', { method: 'POST', token, body: { file: 'x' } })
    expect(asJson).toMatchObject({ status: 415, errno: UNSUPPORTED_MEDIA_TYPE })
  })

  it('is named by the server, whatever its sender calls it', async () => {
    const { token } = await api.signIn('namer')
    const form = new FormData()
    form.append('../../etc/passwd', new Blob([new Uint8Array(await aJpeg())]), '../../x.php')

    const { errno, data } = await profiles.uploadForm(token, form)

    expect(errno).toBe(0)
    expect(data.avatarUrl).toMatch(/^\/wx\/pictures\/[0-9a-f]{32}-640\.webp$/)
  })

  it('that ends half-way is answered, and leaves nothing behind', async () => {
    const { token } = await api.signIn('cut-off')
    const before = await filesIn(api.folder)
    const { hostname, port } = new URL(api.url)
    const socket = connect(Number(port), hostname)
    const boundary = 'xxxx'
    socket.write(
      [
        'POST /wx/user/avatar HTTP/1.1',
        'host: x',
        `x-oa-token: ${token}`,
        `content-type: multipart/form-data; boundary=${boundary}`,
        'content-length: 100000',
        '',
        `--${boundary}`,
        'content-disposition: form-data; name="file"; filename="a.jpg"',
        '',
        'half of a picture',
      ].join('\r\n'),
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await vi.waitFor(() => expect(api.logs.text()).toContain('/wx/user/avatar'))

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

  it('replaces the one before, whose files go; so they do when the account is closed', async () => {
    const { token, answer } = await uploadAs('changer', await aJpeg())
    const second = await profiles.upload(
      token,
      await plainPicture({ background: '#ff8800' }).jpeg().toBuffer(),
    )
    const path = ({ data }: typeof second) => data.avatarUrl

    await api.profiles.removeExpired(100)
    expect((await profiles.picture(path(answer))).response.status).toBe(404)
    expect((await profiles.picture(path(second))).response.status).toBe(200)

    expect(await callsOf(api).close(token)).toMatchObject({ errno: 0 })
    await api.profiles.removeExpired(100)
    expect((await profiles.picture(path(second))).response.status).toBe(404)
  })

  it('is one although twenty come at once', async () => {
    const { token } = await api.signIn('impatient')
    const file = await aJpeg()
    const before = (await filesIn(api.folder)).length

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => profiles.upload(token, file)),
    )

    expect(answers.map(({ errno }) => errno)).toEqual(Array(20).fill(0))
    await api.profiles.removeExpired(100)
    expect((await filesIn(api.folder)).length - before).toBe(2)
    expect(await profiles.upload(token, file)).toMatchObject({ status: 429, errno: 706 })
  })

  it('is the first frame of one that moves', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) => plainPicture({ background }).png().toBuffer()),
    )
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    const { answer } = await uploadAs('animator', moving)

    const { content } = await profiles.picture(answer.data.avatarUrl)
    const { pages } = await sharp(content).metadata()
    const [red] = await sharp(content)
      .extract({ left: 9, top: 9, width: 1, height: 1 })
      .raw()
      .toBuffer()
    expect([pages, (red ?? 0) > 200]).toEqual([undefined, true])
  })

  it('leaves nothing behind when the account is closed meanwhile', async () => {
    const before = await filesIn(api.folder)
    const { token } = await api.signIn('leaver')
    const file = await aJpeg()

    const [closed, ...uploads] = await Promise.all([
      callsOf(api).close(token),
      ...Array.from({ length: 10 }, () => profiles.upload(token, file)),
    ])

    expect(closed).toMatchObject({ errno: 0 })
    for (const { errno } of uploads) expect([0, 501, 704, 714]).toContain(errno)
    ownDataTools(api).run('UPDATE picture SET expires_at = created_at WHERE expires_at IS NOT NULL')
    await api.profiles.removeExpired(100)
    expect(await filesIn(api.folder)).toEqual(before)
  })

  it('goes when the process died before it was attached', async () => {
    const { token, answer } = await uploadAs('unlucky', await aJpeg())
    const id = /([0-9a-f]{32})/.exec(answer.data.avatarUrl)?.[1]
    const { run } = ownDataTools(api)
    // What a crash leaves: files and their row, and a user who has no such picture.
    run("UPDATE wx_user SET avatar = '' WHERE avatar = ?", answer.data.avatarUrl)
    run('UPDATE picture SET expires_at = created_at WHERE id = ?', id)

    await api.profiles.removeExpired(100)

    expect((await filesIn(api.folder)).filter((name) => name.startsWith(id ?? '-'))).toEqual([])
    expect(await profiles.upload(token, await aJpeg())).toMatchObject({ errno: 0 })
  })
})

/** Only root may mount a small disk. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0

it.runIf(canMount)('stays as it was while the disk is full, and can be tried again', async () => {
  const api = await startTestApi()
  const profiles = profileTools(api)
  const folder = join(api.folder, 'pictures')
  await mkdir(folder)
  await run('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder])
  try {
    const { token } = await api.signIn('collector')
    const first = await profiles.upload(token, await aJpeg())
    expect(first.errno).toBe(0)
    const noise = sharp({
      create: {
        width: 700,
        height: 700,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })

    const answer = await profiles.upload(token, await noise.jpeg({ quality: 60 }).toBuffer())

    expect(answer).toMatchObject({ status: 503, errno: 707 })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await profiles.read(token)).data.avatarUrl).toBe(first.data.avatarUrl)
    expect(await filesIn(api.folder)).toHaveLength(2)
  } finally {
    await run('umount', [folder])
    await api.close()
  }
})
