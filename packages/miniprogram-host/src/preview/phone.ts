import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import type { KeptStorage } from './kept-storage.ts'
import type { LogEntry, PhoneSettings } from './messages.ts'

const KEPT_ENTRIES = 500
const SLOW_DELAY = 2000

/** The state of the phone that is kept across reloads of its screen. */
export interface Phone {
  settings: PhoneSettings
  log: LogEntry[]
  /** The app's storage for a user; each user has a separate one. */
  storageOf(person: string | null): Record<string, string>
  /** To be called when one of them was changed. */
  storageChanged(): void
  addEntry(entry: Omit<LogEntry, 'at'>): LogEntry
  runtimeOptions(person: string | null, launch: RuntimeOptions['launch']): RuntimeOptions
  close(): void
}

export const createPhone = (extConfig: Record<string, unknown>, storages: KeptStorage): Phone => {
  const phone: Phone = {
    settings: { theme: 'light', fontSizeSetting: 16, network: 'wifi', language: 'zh_CN' },
    log: [],
    storageOf: storages.of,
    storageChanged: storages.changed,
    addEntry(entry) {
      const added = { ...entry, at: Date.now() }
      phone.log = [...phone.log, added].slice(-KEPT_ENTRIES)
      return added
    },
    runtimeOptions: (person, launch) => ({
      storage: { ...phone.storageOf(person) },
      systemInfo: { language: phone.settings.language },
      theme: phone.settings.theme,
      fontSizeSetting: phone.settings.fontSizeSetting,
      ...networkOf(phone.settings),
      extConfig,
      launch,
    }),
    close: storages.close,
  }
  return phone
}

export const networkOf = ({
  network,
}: PhoneSettings): { networkType: string; networkDelay: number } => ({
  networkType: network === 'none' ? 'none' : network === 'slow' ? '2g' : 'wifi',
  networkDelay: network === 'slow' ? SLOW_DELAY : 0,
})
