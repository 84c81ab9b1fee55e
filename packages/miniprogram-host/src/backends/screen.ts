import type { WebSocket } from 'ws'
import type { Bundle } from '../compile/bundle.ts'
import { definitionScript, RUNTIME_GLOBAL } from '../runtime/loader/parameters.ts'
import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import type { Served } from '../server/page-server.ts'
import type { BackendOptions } from './backend.ts'
import type { RealmLink } from './realm-link.ts'
import { createRealmLink } from './realm-link.ts'
import type { FromRealm } from './realm-messages.ts'
import { buildEntry, withoutCode } from './realm-scripts.ts'

const SCRIPT = 'text/javascript'
/** URL path prefix of the app's scripts. */
const SCRIPT_PATH = '/miniprogram/'

/** The document, runtime and app scripts that a browser requests; null for other paths. */
export const serveScreen = async (
  path: string,
  bundle: Bundle,
  options: RuntimeOptions,
): Promise<Served | null> => {
  if (path === '/screen.html') return { type: 'text/html', body: screenDocument(bundle) }
  if (path === '/runtime.js')
    return { type: SCRIPT, body: await buildEntry('./browser-runtime', 'browser') }
  if (path === '/boot.js') return { type: SCRIPT, body: `${RUNTIME_GLOBAL}.run()` }
  if (path === '/templates.js') {
    return { type: SCRIPT, body: `${RUNTIME_GLOBAL}.defineTemplates(${bundle.templates})` }
  }
  if (path === '/start.json') {
    const start = { bundle: withoutCode(bundle), options }
    return { type: 'application/json', body: JSON.stringify(start) }
  }
  const script = path.startsWith(SCRIPT_PATH)
    ? bundle.scripts[path.slice(SCRIPT_PATH.length)]
    : null
  if (!script) return null
  return { type: SCRIPT, body: definitionScript(path.slice(SCRIPT_PATH.length), script.code) }
}

/** Connects a browser's socket with the host's services. */
export const linkScreen = (
  socket: WebSocket,
  options: Pick<BackendOptions, 'services' | 'onEvent'>,
): RealmLink => {
  const link = createRealmLink((message) => socket.send(JSON.stringify(message)), options)
  socket.on('message', (raw) => link.receive(JSON.parse(String(raw)) as FromRealm))
  socket.on('close', () => link.end(new Error('the screen was closed')))
  return link
}

const screenDocument = ({ scripts, projectName }: Bundle): string => {
  const sources = [
    '/runtime.js',
    '/templates.js',
    ...Object.keys(scripts).map((path) => SCRIPT_PATH + path),
    '/boot.js',
  ]
  const tags = sources.map((source) => `<script src="${encodeURI(source)}"></script>`).join('\n')
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${projectName.replace(/[<>&]/g, '')}</title>
</head><body>
${tags}
</body></html>`
}
