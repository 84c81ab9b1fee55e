import type { WebSocket } from 'ws'
import type { RealmLink } from '../backends/realm-link.ts'
import { linkScreen } from '../backends/screen.ts'
import type { Bundle } from '../compile/bundle.ts'
import type { WeChatPlatform } from '../platform/platform.ts'
import type { FinishedRequest, Services } from '../services.ts'
import { createServices } from '../services.ts'
import { createStackMapper } from '../source-maps.ts'
import { describeEvent } from './log-entries.ts'
import type { LogEntry } from './messages.ts'

/** The browser pages that currently run the mini-program. */
export interface Screens {
  add(socket: WebSocket, bundle: Bundle, storage: Record<string, string>): void
  /** What the newest screen told: its current page, and exceptions before the first page was shown. */
  status(): ScreenStatus
  /** Calls a method on all screens; a failure on one does not affect the others. */
  dispatch(method: string, params: object): Promise<unknown>
  /** Path and query of the current page; empty when no screen is open. */
  openPage(): Promise<{ path?: string; query?: Record<string, string> }>
  close(): void
}

export interface ScreenStatus {
  page: string
  startErrors: string[]
}

interface Hooks {
  platform: WeChatPlatform
  /** Folder of the mini-program's files. */
  root: string
  onStored(): void
  onEntry(entry: Omit<LogEntry, 'at'>): void
  /** Called when `status` has changed. */
  onStatus(): void
}

export const createScreens = ({ platform, root, onStored, onEntry, onStatus }: Hooks): Screens => {
  const open = new Set<{ link: RealmLink; services: Services }>()
  let status: ScreenStatus = { page: '', startErrors: [] }
  return {
    add(socket, bundle, storage) {
      const mapStack = createStackMapper(bundle.scripts)
      status = { page: '', startErrors: [] }
      const own = status
      const addStartError = (text: string): void => {
        own.startErrors.push(text)
        onStatus()
      }
      const services = createServices({
        platform,
        appId: bundle.appId,
        root,
        storage,
        onStored,
        onRequest: (request) => onEntry(describeRequest(request)),
      })
      const link = linkScreen(socket, {
        services,
        onEvent(event, params) {
          const entry = describeEvent(event, params, mapStack)
          if (entry) onEntry(entry)
          if (entry?.kind === 'exception' && own.page === '') addStartError(entry.text)
          if (event !== 'Host.pageShown') return
          own.page = String(params.url)
          onStatus()
        },
      })
      const screen = { link, services }
      open.add(screen)
      link.started.catch(({ message, stack }: Error) => {
        if (!open.has(screen)) return
        const text = mapStack(stack || message)
        onEntry({ kind: 'exception', level: 'error', text })
        addStartError(text)
      })
      socket.once('close', () => {
        services.close()
        open.delete(screen)
      })
    },
    status: () => status,
    dispatch: (method, params) =>
      Promise.allSettled([...open].map(({ link }) => link.dispatch(method, params))),
    async openPage() {
      const newest = [...open].at(-1)
      const page = await newest?.link.dispatch('App.getCurrentPage', {}).catch(() => null)
      return (page ?? {}) as { path?: string; query?: Record<string, string> }
    },
    close() {
      for (const { services } of open) services.close()
    },
  }
}

const describeRequest = ({
  method,
  url,
  status,
  milliseconds,
  sent,
  received,
}: FinishedRequest): Omit<LogEntry, 'at'> => ({
  kind: 'network',
  level: typeof status === 'number' && status < 400 ? 'info' : 'error',
  text: `${method} ${url}  ${status}  ${milliseconds} ms`,
  detail: [`→ ${sent || '（无内容）'}`, `← ${received || '（无内容）'}`].join('\n'),
})
