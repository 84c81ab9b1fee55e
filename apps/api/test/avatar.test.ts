import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsOf, ownDataTools } from './support/own-data.ts'
import { aJpeg, filesIn, plainPicture, profileTools, uploadAs } from './support/pictures.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const run = promisify(execFile)

describe('an uploaded picture', () => {
  let api: TestApi
  let profiles: ReturnType<typeof profileTools>
  beforeAll(async () => {
    api = await startTestApi()
    profiles = profileTools(api)
  })
  afterAll(() => api.close())

  it.each([
    ['jpeg', () => plainPicture().jpeg().toBuffer()],
    ['png', () => plainPicture().png().toBuffer()],
    ['webp', () => plainPicture().webp().toBuffer()],
  ])('of type %s becomes two squares of webp, cached for ever', async (type, make) => {
    const { token, answer } = await uploadAs(api, `owner-of-${type}`, await make())
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
        'content-disposition': 'inline',
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
      api,
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

  it.each(['../../x.php', 'a\u0000.jpg', 'x'.repeat(300), '🐼.jpg', ''])(
    'is named by the server, whatever its sender calls it: %j',
    async (name) => {
      const { token } = await api.signIn('namer')
      const form = new FormData()
      form.append('../../etc/passwd', new Blob([new Uint8Array(await aJpeg())]), name)

      const { errno, data } = await profiles.uploadForm(token, form)

      expect(errno).toBe(0)
      expect(data.avatarUrl).toMatch(/^\/wx\/pictures\/[0-9a-f]{32}-640\.webp$/)
    },
  )

  it('replaces the one before, whose files go; so they do when the account is closed', async () => {
    const { token, answer } = await uploadAs(api, 'changer', await aJpeg())
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
    const { answer } = await uploadAs(api, 'animator', moving)

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
    const { token, answer } = await uploadAs(api, 'unlucky', await aJpeg())
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
