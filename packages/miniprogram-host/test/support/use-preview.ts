import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { acquireBrowser } from '../../src/backends/shared-browser.ts'
import type { Preview, WeChatPlatform } from '../../src/index.ts'
import { startPreview } from '../../src/index.ts'
import { fixture } from './target.ts'

/** To be called once in a suite: each of its tests gets a preview of its own, open in a browser. */
export const usePreview = () => {
  let browser: Browser
  let release: (() => void) | undefined
  let folder: string
  let preview: Preview
  let page: Page
  let holder: string

  beforeAll(async () => {
    ;({ browser, release } = await acquireBrowser())
  }, 60_000)
  afterAll(() => release?.())
  beforeEach(async () => {
    holder = '小明'
    folder = mkdtempSync(join(tmpdir(), 'miniprogram-host-'))
    cpSync(fixture('sign-in'), folder, { recursive: true })
    preview = await startPreview({ projectPath: folder, platform: platform() })
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(preview.url)
    await screen().locator('wx-button.go-login').waitFor()
  }, 60_000)
  afterEach(async () => {
    await page?.close()
    await preview?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const platform = (): WeChatPlatform => ({
    login: async () => ({ code: `code-of-${holder}` }),
    phoneOffer: async () => ({ number: '199****0001' }),
    phoneNumber: async (number = '199****0001') => ({ code: `code-of-${number}` }),
    nickname: async () => holder,
    person: () => holder,
    usePerson: (name) => {
      holder = name
    },
    people: async () => ['小明', '小红'],
  })
  const screen = (): Frame => {
    const frame = page.frames()[1]
    if (!frame) throw new Error('the screen is not there')
    return frame
  }

  return {
    /** The page with the phone and what stands beside it. */
    page: () => page,
    /** What the phone shows. */
    screen,
    preview: () => preview,
    /** The user of the phone. */
    holder: () => holder,
    /** A file of the project, a copy that the test may change. */
    file: (name: string) => join(folder, name),
    async openLogin() {
      await screen().locator('wx-button.go-login').click()
      await screen().locator('wx-input input').waitFor()
    },
  }
}
