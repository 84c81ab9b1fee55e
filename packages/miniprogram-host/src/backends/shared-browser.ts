import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** How long an unused browser is kept, so that the next test does not start another. */
const IDLE_MILLISECONDS = 1000

let running: Promise<Browser> | null = null
let users = 0
let idle: NodeJS.Timeout | undefined

/** The one browser of this process: started for the first host, closed after the last. */
export const acquireBrowser = async (): Promise<{ browser: Browser; release(): void }> => {
  clearTimeout(idle)
  users += 1
  running ??= launch()
  try {
    const browser = await running
    return { browser, release }
  } catch (error) {
    running = null
    users -= 1
    throw error
  }
}

const release = (): void => {
  users -= 1
  if (users > 0) return
  idle = setTimeout(() => {
    const last = running
    running = null
    void last?.then((browser) => browser.close())
  }, IDLE_MILLISECONDS)
}

const launch = async (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === null) {
    throw new Error('no Chromium found; set CHROMIUM_PATH to a Chrome or Chromium program')
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
  })
  browser.on('disconnected', () => {
    running = null
  })
  return browser
}
