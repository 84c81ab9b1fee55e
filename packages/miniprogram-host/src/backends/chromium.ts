import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { startPageServer } from '../server/page-server.ts'
import type { Backend, BackendOptions } from './backend.ts'
import { findChromium } from './find-chromium.ts'
import type { RealmLink } from './realm-link.ts'
import { compileFunction } from './realm-scripts.ts'
import { linkScreen, serveScreen } from './screen.ts'

const SCREEN = { width: 375, height: 812 }

/** Runs a mini-program in a page of Chromium, with layout, computed styles and screenshots. */
export const createChromiumBackend = async (options: BackendOptions): Promise<Backend> => {
  const executablePath = findChromium()
  if (executablePath === null) {
    throw new Error('no Chromium found; set CHROMIUM_PATH to a Chrome or Chromium program')
  }
  let link: RealmLink | null = null
  let connected: () => void = () => {}
  const connection = new Promise<void>((resolve) => {
    connected = resolve
  })
  const server = await startPageServer({
    port: 0,
    root: options.root,
    serve: (path) => serveScreen(path, options.bundle, options.runtime),
    onSocket(socket) {
      link = linkScreen(socket, options)
      connected()
    },
  })
  let browser: Browser | null = null
  const close = async () => {
    await browser?.close()
    await server.close()
  }
  try {
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--font-render-hinting=none',
      ],
    })
    const page = await openScreen(browser, `http://127.0.0.1:${server.port}/screen.html`, options)
    await connection
    await requireLink(link).started
    return createBackend(page, requireLink(link), close)
  } catch (error) {
    await close()
    throw error
  }
}

const openScreen = async (
  browser: Browser,
  url: string,
  { runtime }: BackendOptions,
): Promise<Page> => {
  const page = await browser.newPage({
    viewport: SCREEN,
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    colorScheme: runtime.theme,
  })
  await page.goto(url)
  return page
}

const createBackend = (page: Page, link: RealmLink, close: () => Promise<void>): Backend => ({
  async dispatch(method, params) {
    const { functionDeclaration, ...rest } = params
    if (method === 'Host.getMemory') return usedHeap(page)
    if (method === 'Host.setTheme') {
      await page.emulateMedia({ colorScheme: params.theme === 'dark' ? 'dark' : 'light' })
    }
    if (typeof functionDeclaration !== 'string') return link.dispatch(method, params)
    const { id, script } = compileFunction(functionDeclaration)
    await page.evaluate(script)
    return link.dispatch(method, { ...rest, functionId: id })
  },
  screenshot: async () =>
    (await page.screenshot({ type: 'png', animations: 'disabled' })).toString('base64'),
  close,
})

const usedHeap = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

const requireLink = (link: RealmLink | null): RealmLink => {
  if (!link) throw new Error('the screen has not connected')
  return link
}
