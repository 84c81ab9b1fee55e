import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import { plainPicture, profileTools } from './support/pictures.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

const UPLOADERS = 20
const UPLOADS_EACH = 5
/** What two pictures of 24 million pixels need while they are decoded; some 90 were seen. */
const MAX_GROWTH_MB = 250

/** The most that a process has ever had in memory. Linux counts it. */
const peakMb = ({ pid }: ApiProcess) => {
  const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) / 1_024
}

describeWithServers(['mariadb', 'redis'], 'a hundred uploads at once on two nodes', () => {
  let nodes: TwoProcesses
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-pictures-'))
    nodes = await startTwoProcesses({ DATA_DIR: folder })
  })
  afterAll(async () => {
    await nodes.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.runIf(process.platform === 'linux')(
    'leave one picture each, in bounded memory',
    async () => {
      const both = [nodes.one, nodes.two]
      const file = await plainPicture({ width: 4_900, height: 4_900 }).jpeg().toBuffer()
      const tokens = await Promise.all(
        Array.from({ length: UPLOADERS }, (_, index) => nodes.signIn(nodes.one, `up-${index}`)),
      )
      const before = both.map(peakMb)

      const answers = await Promise.all(
        tokens.flatMap((token) =>
          Array.from({ length: UPLOADS_EACH }, (_, index) =>
            profileTools(both[index % 2] ?? nodes.one).upload(token, file),
          ),
        ),
      )

      // What would wait longer than the limit of a request is told to come again.
      const errnos = answers.map(({ errno }) => errno)
      expect(errnos.filter((errno) => errno !== 0 && errno !== 707)).toEqual([])
      expect(errnos.filter((errno) => errno === 0).length).toBeGreaterThan(0)
      const growth = both.map((node, index) => peakMb(node) - (before[index] ?? 0))
      expect(Math.max(...growth)).toBeLessThan(MAX_GROWTH_MB)

      const shown = await queryRows(
        { url: nodes.database },
        `SELECT u.id, COUNT(p.id) AS pictures FROM wx_user u
         LEFT JOIN picture p ON p.user_id = u.id AND p.expires_at IS NULL
         WHERE u.avatar <> '' GROUP BY u.id`,
      )
      expect(shown.map(({ pictures }) => Number(pictures))).toEqual(Array(shown.length).fill(1))
      const known = await queryRows({ url: nodes.database }, 'SELECT id FROM picture')
      const ids = new Set(known.map(({ id }) => String(id)))
      const files = await readdir(join(folder, 'pictures'))
      // The sweep finds every file by its row.
      expect(files.filter((name) => !ids.has(name.slice(0, 32)))).toEqual([])
    },
    120_000,
  )
})
