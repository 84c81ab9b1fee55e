/** One entry of the console panel. */
export interface LogEntry {
  kind: 'console' | 'exception' | 'network' | 'host'
  level: string
  text: string
  /** What the panel shows when the entry is opened, such as the bodies of a request. */
  detail?: string
  /** Milliseconds since the Unix epoch. */
  at: number
}

/** The phone's settings. */
export interface PhoneSettings {
  theme: 'light' | 'dark'
  fontSizeSetting: number
  network: 'wifi' | 'slow' | 'none'
  language: 'zh_CN' | 'zh_TW' | 'en'
}

/** The state that the shell around the phone shows. */
export interface PreviewState {
  projectName: string
  appId: string
  settings: PhoneSettings
  /** Name of the current user; null when the platform has no users. */
  person: string | null
  people: string[]
  storage: Record<string, string>
  /** Message of the last compilation's error; null after a success. */
  compileError: string | null
  /** Exceptions since the last start of the app that came before its first page was shown. */
  startErrors: string[]
  /** Path and query of the current page; '' before the first. */
  page: string
}

/** Messages from the preview server to a shell. */
export type ToShell =
  | { type: 'state'; state: PreviewState }
  | { type: 'log'; entries: LogEntry[] }
  /** Asks the shell to reload the screen. */
  | { type: 'reload' }

/** Messages from a shell to the preview server. */
export type FromShell =
  | { type: 'settings'; settings: PhoneSettings }
  | { type: 'person'; person: string }
  | { type: 'restart' }
  | { type: 'removeStorage'; key: string | null }
