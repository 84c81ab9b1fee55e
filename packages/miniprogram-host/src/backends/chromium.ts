import type { Browser, Page } from 'playwright-core'
import { startPageServer } from '../server/page-server.ts'
import type { Backend, BackendOptions } from './backend.ts'
import type { RealmLink } from './realm-link.ts'
import { compileFunction } from './realm-scripts.ts'
import { linkScreen, serveScreen } from './screen.ts'
import { acquireBrowser } from './shared-browser.ts'

const SCREEN = { width: 375, height: 812 }

/** Runs a mini-program in a Chromium page, with layout, computed styles and screenshots. */
export const createChromiumBackend = async (options: BackendOptions): Promise<Backend> => {
  const { browser, release } = await acquireBrowser()
  let connect: (link: RealmLink) => void = () => undefined
  const connection = new Promise<RealmLink>((resolve) => {
    connect = resolve
  })
  const server = await startPageServer({
    port: 0,
    root: options.root,
    serve: (path) => serveScreen(path, options.bundle, options.runtime),
    onSocket: (socket) => connect(linkScreen(socket, options)),
  })
  let page: Page | null = null
  const close = async (): Promise<void> => {
    await page?.context().close()
    await server.close()
    release()
  }
  try {
    page = await openPage(browser, options)
    await page.goto(`http://127.0.0.1:${server.port}/screen.html`)
    const link = await connection
    await link.started
    return createBackend(page, link, close)
  } catch (error) {
    await close()
    throw error
  }
}

const openPage = async (browser: Browser, { runtime }: BackendOptions): Promise<Page> => {
  const context = await browser.newContext({
    viewport: SCREEN,
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    colorScheme: runtime.theme,
  })
  // A phone that is offline from the start loads no images of other servers either.
  if (runtime.networkType === 'none') {
    await context.route(
      (url) => url.hostname !== '127.0.0.1',
      (route) => route.abort('internetdisconnected'),
    )
  }
  return context.newPage()
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
