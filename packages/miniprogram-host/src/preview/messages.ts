/** One line of the console panel. */
export interface LogEntry {
  kind: 'console' | 'exception' | 'network' | 'host'
  level: string
  text: string
  /** Milliseconds since 1970. */
  at: number
}

/** How the phone is set. */
export interface Look {
  theme: 'light' | 'dark'
  fontSizeSetting: number
  network: 'wifi' | 'slow' | 'none'
}

/** What the shell around the phone shows. */
export interface PreviewState {
  projectName: string
  appId: string
  look: Look
  /** Who holds the phone; null where the platform knows no people. */
  person: string | null
  people: string[]
  storage: Record<string, string>
  /** Why the project does not compile; null when it does. */
  compileError: string | null
}

export type ToShell =
  | { type: 'state'; state: PreviewState }
  | { type: 'log'; entries: LogEntry[] }
  /** The screen must be loaded anew. */
  | { type: 'reload' }

export type FromShell =
  | { type: 'look'; look: Look }
  | { type: 'person'; person: string }
  | { type: 'restart' }
  | { type: 'removeStorage'; key: string | null }
