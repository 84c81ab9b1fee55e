import { existsSync } from 'node:fs'

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/** The browser named by CHROMIUM_PATH, or one in its usual place; null when there is none. */
export const findChromium = (): string | null =>
  [process.env.CHROMIUM_PATH, ...KNOWN_PATHS].find((path) => path && existsSync(path)) ?? null
