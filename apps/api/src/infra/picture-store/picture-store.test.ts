import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFolderStore } from './folder-store.ts'
import type { PictureStore } from './picture-store.ts'
import { createS3Store } from './s3-store.ts'

const BUCKET = 'pictures-of-oa'
const NAME = `${'a'.repeat(32)}-640.webp`
const CONTENT = Buffer.from('a picture')

describe.each(['folder', 's3'] as const)('a picture store in %s', (kind) => {
  let folder: string
  let server: S3rver | undefined
  let store: PictureStore
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-pictures-'))
    if (kind === 'folder') {
      store = createFolderStore(join(folder, 'pictures'))
      return
    }
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER')
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: join(folder, 'server'),
      configureBuckets: [{ name: BUCKET, configs: [] }],
    })
    const { port } = await server.run()
    const endpoint = `http://127.0.0.1:${port}`
    store = createS3Store({ bucket: BUCKET, region: 'us-east-1', endpoint })
    // The SDK reads them at the first call.
    await store.get(NAME)
  })
  afterAll(async () => {
    await store.close()
    await server?.close()
    await rm(folder, { recursive: true })
  })
  afterEach(() => store.remove(NAME))

  it('gives back what was put, and the last of several', async () => {
    expect(await store.get(NAME)).toBeNull()
    await store.put(NAME, CONTENT)
    await store.put(NAME, Buffer.from('another'))

    expect(await store.get(NAME)).toEqual(Buffer.from('another'))
  })

  it('forgets what was removed, also twice', async () => {
    await store.put(NAME, CONTENT)
    await store.remove(NAME)
    await store.remove(NAME)

    expect(await store.get(NAME)).toBeNull()
  })
})

it('rejects when the bucket cannot be reached', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'x')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x')
  const store = createS3Store({
    bucket: BUCKET,
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:9',
  })

  await expect(store.put(NAME, CONTENT)).rejects.toThrow()
  await store.close()
})

it('rejects when the folder cannot be written', async () => {
  const store = createFolderStore('/dev/null/pictures')

  await expect(store.put(NAME, CONTENT)).rejects.toThrow()
})

it('leaves no unfinished file behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-pictures-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const store = createFolderStore(folder)

  await Promise.all(Array.from({ length: 20 }, () => store.put(NAME, CONTENT)))

  expect(await readdir(folder)).toEqual([NAME])
})
