import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findChromium } from '@oa/miniprogram-host'
import type { Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { createProgress } from './progress.ts'
import { openSession } from './session.ts'

/** What `pnpm pictures` runs: takes the pictures of the README, from `dev` with an empty database. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const VIEWPORT = { width: 1280, height: 860 }
const NICKNAME = '小明😀'
const NO_CREDENTIALS = { WX_APPID: '', WX_SECRET: '', DATABASE_URL: '', REDIS_URL: '' }

const print = (line: string) => void process.stdout.write(`${line}\n`)

const takePictures = async (folder: string) => {
  const executablePath = findChromium()
  if (executablePath === null) {
    throw new Error('Pictures need Chromium and fonts: `. .ci/install-servers.sh` installs both.')
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'oa-pictures-'))
  const lines: string[] = []
  const session = await openSession(
    { ...process.env, ...NO_CREDENTIALS, DATA_DIR: dataDir },
    { root: ROOT, during: createProgress(print), print: (line) => void lines.push(line) },
  )
  try {
    if (!(await session.started)) throw new Error('The API cannot start.')
    const url = lines.find((line) => line.startsWith('Mini-program'))?.match(/http\S+/)?.[0]
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage({ viewport: VIEWPORT, locale: 'zh-CN' })
      await page.goto(url ?? '')
      await openCentre(page)
      await mkdir(folder, { recursive: true })
      await page.screenshot({ path: join(folder, 'preview.png') })
    } finally {
      await browser.close()
    }
  } finally {
    await session.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Signs in with a nickname, as a newcomer would, and opens the personal centre. */
const openCentre = async (page: Page) => {
  const phone = page.frameLocator('iframe')
  await phone.locator('wx-button.go-login').click()
  await phone.locator('wx-input input').click()
  await phone.getByText('同意', { exact: true }).click()
  await phone.locator('wx-input input').fill(NICKNAME)
  await phone.locator('wx-checkbox.agreed').click()
  await phone.locator('wx-button.submit').click()
  await phone.getByText(NICKNAME).first().waitFor()
  // The demo company gives a newcomer something to do within a second.
  await phone.getByText('待我投票').first().waitFor()
  await phone.getByText('我的', { exact: true }).first().click()
  await phone.getByText('1 台').waitFor()
  // The message that the sign-in succeeded covers the page for a while.
  await phone.getByText('登录成功').waitFor({ state: 'hidden' })
}

const { values } = parseArgs({ options: { folder: { type: 'string' } } })
await takePictures(values.folder ?? join(ROOT, 'docs/images'))
process.exit(0)
