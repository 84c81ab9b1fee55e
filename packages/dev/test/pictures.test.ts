import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findChromium } from '@oa/miniprogram-host'
import { expect, it, onTestFinished } from 'vitest'
import { takePort } from './dev-process.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const SCRIPT = 'packages/dev/src/take-pictures.ts'
const run = promisify(execFile)

const freePort = async () => {
  const { port, free } = await takePort()
  await free()
  return String(port)
}

/** Width and height stand at a fixed place of every PNG. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

// In CI a missing browser is a failure.
it.runIf(findChromium() !== null || process.env.CI === 'true')(
  'takes the picture that the README shows',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oa-pictures-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await run(
      process.execPath,
      ['--conditions=source', '--import=tsx', SCRIPT, '--folder', folder],
      {
        cwd: ROOT,
        env: {
          PATH: process.env.PATH,
          PORT: await freePort(),
          SIMULATOR_PORT: await freePort(),
          PREVIEW_PORT: await freePort(),
        },
      },
    )
    const [taken, shown] = await Promise.all([
      readFile(join(folder, 'preview.png')),
      readFile(join(ROOT, 'docs/images/preview.png')),
    ])

    expect(sizeOf(taken)).toEqual(sizeOf(shown))
  },
)
