import { buildEntry } from '../backends/realm-scripts.ts'
import type { Served } from '../server/page-server.ts'
import { SHELL_STYLES } from './shell/styles.ts'

/** The page around the phone; null for other paths. */
export const serveShell = async (path: string): Promise<Served | null> => {
  if (path === '/') return { type: 'text/html', body: DOCUMENT }
  if (path === '/shell.css') return { type: 'text/css', body: SHELL_STYLES }
  if (path === '/shell.js') {
    return { type: 'text/javascript', body: await buildEntry('../preview/shell/shell', 'browser') }
  }
  return null
}

const DOCUMENT = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>小程序预览</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shell.css">
</head><body><script src="/shell.js"></script></body></html>`
