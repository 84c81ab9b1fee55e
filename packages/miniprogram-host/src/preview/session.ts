import type { WebSocket } from 'ws'
import { serveScreen } from '../backends/screen.ts'
import { readProjectConfig } from '../compile/project-config.ts'
import type { WeChatPlatform } from '../platform/platform.ts'
import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import type { Served } from '../server/page-server.ts'
import type { FromShell, PhoneSettings, PreviewState } from './messages.ts'
import type { Phone } from './phone.ts'
import { networkOf } from './phone.ts'
import type { WatchedProject } from './project-watch.ts'
import { watchProject } from './project-watch.ts'
import { createScreens } from './screens.ts'
import { createShellSockets } from './shell-sockets.ts'

/** The preview of one project: its files, its phone, the browser windows that show it. */
export interface PreviewSession {
  project: WatchedProject
  /** What a screen requests under a path; null for unknown paths. */
  serve(path: string): Promise<Served | null>
  addShell(socket: WebSocket): void
  addScreen(socket: WebSocket): void
  close(): void
}

export const createPreviewSession = async (
  projectPath: string,
  platform: WeChatPlatform,
  phone: Phone,
): Promise<PreviewSession> => {
  const shells = createShellSockets()
  const person = (): string | null => platform.person?.() ?? null
  let launch: RuntimeOptions['launch'] = {}
  const sendStateSoon = throttle(STATE_MILLISECONDS, () => void sendState())

  const screens = createScreens({
    platform,
    root: readProjectConfig(projectPath).root,
    onStored() {
      phone.storageChanged()
      sendStateSoon()
    },
    onStatus: () => void sendState(),
    onEntry: (entry) => shells.send({ type: 'log', entries: [phone.addEntry(entry)] }),
  })
  const project = await watchProject(projectPath, () => {
    void sendState()
    if (project.error === null) void reload(true)
    tellWarnings()
  })
  const tellWarnings = (): void => {
    const entries = (project.bundle?.warnings ?? []).map((text) =>
      phone.addEntry({ kind: 'host', level: 'warn', text }),
    )
    if (entries.length > 0) shells.send({ type: 'log', entries })
  }
  tellWarnings()
  const sendState = async (): Promise<void> => {
    const people = await platform.people?.().catch(() => [])
    const state: PreviewState = {
      projectName: project.bundle?.projectName ?? '',
      appId: project.bundle?.appId ?? '',
      settings: phone.settings,
      person: person(),
      people: people ?? [],
      storage: phone.storageOf(person()),
      compileError: project.error,
      ...screens.status(),
    }
    shells.send({ type: 'state', state })
  }
  /** Reloads the screens, on the current page or on the first one. */
  const reload = async (stay: boolean): Promise<void> => {
    launch = stay ? await screens.openPage() : {}
    shells.send({ type: 'reload' })
  }
  const applySettings = async (settings: PhoneSettings): Promise<void> => {
    const isRestart =
      settings.fontSizeSetting !== phone.settings.fontSizeSetting ||
      settings.language !== phone.settings.language
    phone.settings = settings
    const { networkType, networkDelay } = networkOf(settings)
    await screens.dispatch('Host.setTheme', { theme: settings.theme })
    await screens.dispatch('Host.setNetwork', { networkType, delay: networkDelay })
    // WeChat restarts a mini-program too when the font size or the language changes.
    if (isRestart) await reload(true)
  }
  const onShell = async (message: FromShell): Promise<void> => {
    if (message.type === 'settings') await applySettings(message.settings)
    if (message.type === 'person') platform.usePerson?.(message.person)
    if (message.type === 'person' || message.type === 'restart') await reload(false)
    if (message.type === 'removeStorage') {
      const { key } = message
      const method = key === null ? 'clearStorageSync' : 'removeStorageSync'
      await screens.dispatch('App.callWxMethod', { method, args: key === null ? [] : [key] })
    }
    await sendState()
  }
  return {
    project,
    async serve(path) {
      if (!project.bundle) return null
      return serveScreen(path, project.bundle, phone.runtimeOptions(person(), launch))
    },
    addShell(socket) {
      shells.add(socket, onShell)
      shells.send({ type: 'log', entries: phone.log }, socket)
      void sendState()
    },
    addScreen(socket) {
      if (project.bundle) screens.add(socket, project.bundle, phone.storageOf(person()))
      else socket.close()
    },
    close() {
      project.close()
      screens.close()
      phone.close()
    },
  }
}

/** The state includes the whole storage, up to 10 MB, and apps write many values in a row. */
const STATE_MILLISECONDS = 50

/** Delays a call, and drops further calls until it has run. */
const throttle = (milliseconds: number, run: () => void) => {
  let isDue = false
  return (): void => {
    if (isDue) return
    isDue = true
    const timer = setTimeout(() => {
      isDue = false
      run()
    }, milliseconds)
    timer.unref()
  }
}
