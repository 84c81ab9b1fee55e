import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import { describeWithServers } from '@oa/test-servers/vitest'
import { expect, it, onTestFinished } from 'vitest'
import { eventually } from './support/eventually.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const run = promisify(execFile)
/** Only root may mount a small disk. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0
const SERVED = { status: 200, errno: 0 }
const UNAVAILABLE = { status: 503, errno: 707 }
const LONG_NAME = '名'.repeat(60)
const LEFT_BYTES = 200_000
const AT_ONCE = 32

const mountDisk = async (folder: string, size: string) => {
  await mkdir(folder, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
}

/** Also while something still looks at it: a killed server is not gone at once. */
const unmount = (folder: string) => run('umount', ['--lazy', folder])

/** Leaves room for a few more rows; resolves to what makes all of the room again. */
const fillDisk = async (folder: string) => {
  const { bavail, bsize } = await statfs(folder)
  const filler = join(folder, 'filler')
  await run('fallocate', ['-l', String(bavail * bsize - LEFT_BYTES), filler])
  return () => rm(filler)
}

/** Signs new people in until one is refused; resolves to the refusal. */
const signInUntilRefused = async (api: TestApi) => {
  for (let wave = 0; wave < 100; wave += 1) {
    const codes = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => api.codeOf(`person-${wave}-${index}`)),
    )
    const answers = await Promise.all(
      codes.map((code) => api.login({ code, userInfo: { nickName: LONG_NAME } })),
    )
    const refused = answers.find(({ errno }) => errno !== 0)
    if (refused !== undefined) return refused
  }
  throw new Error('the disk does not fill up')
}

const servesReadersAndRecovers = async (api: TestApi, disk: string) => {
  const { token } = await api.signIn('reader')
  const makeRoom = await fillDisk(disk)
  const refused = await signInUntilRefused(api)

  expect(refused).toMatchObject(UNAVAILABLE)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await api.info(token)).toMatchObject(SERVED)
  expect((await api.call('/readyz')).text).toContain('"database":"up"')

  await makeRoom()
  await eventually(async () => (await api.login({ code: await api.codeOf('after') })).errno).toBe(0)
  expect(await api.call('/readyz')).toMatchObject({ status: 200, errmsg: 'ok' })
}

/** A server whose tables are on a disk of that size. */
const startOnDisk = async (size: string): Promise<{ server: MariaDb; disk: string }> => {
  const server = await startMariaDb()
  const disk = join(server.folder, 'data')
  await server.kill('SIGKILL')
  await rename(disk, `${disk}-before`)
  await mountDisk(disk, size)
  await run('cp', ['-R', `${disk}-before/.`, disk])
  await server.restart()
  return { server, disk }
}

describeWithServers(['mariadb'], 'a MariaDB whose disk is full', () => {
  it.runIf(canMount)(
    'refuses writes with 503, serves readers, and recovers by itself',
    async () => {
      const { server, disk } = await startOnDisk('130m')
      onTestFinished(async () => {
        await server.kill('SIGKILL')
        await unmount(disk)
        await server.stop()
      })
      const api = await startTestApi({ env: { DATABASE_URL: await server.createDatabase() } })
      onTestFinished(() => api.close())

      await servesReadersAndRecovers(api, disk)
    },
  )
})

it.runIf(canMount)(
  'an SQLite whose disk is full refuses writes with 503, serves readers, and recovers by itself',
  async () => {
    const disk = await mkdtemp(join(quickTmpdir(), 'oa-disk-'))
    await mountDisk(disk, '8m')
    onTestFinished(async () => {
      await unmount(disk)
      await rm(disk, { recursive: true })
    })
    const api = await startTestApi({ env: { DATA_DIR: disk } })
    onTestFinished(() => api.close())

    await servesReadersAndRecovers(api, disk)
  },
)
