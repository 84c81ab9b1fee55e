import { existsSync } from 'node:fs'

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/** Path of the browser: CHROMIUM_PATH, else the first usual location that exists, else null. */
export const findChromium = (): string | null =>
  [process.env.CHROMIUM_PATH, ...KNOWN_PATHS].find((path) => path && existsSync(path)) ?? null
