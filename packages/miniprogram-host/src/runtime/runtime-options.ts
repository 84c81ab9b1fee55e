/** Initial state of one run. */
export interface RuntimeOptions {
  /** Initial storage: JSON by key. */
  storage: Record<string, string>
  /** Overrides fields of wx.getSystemInfoSync and of the functions that report parts of it. */
  systemInfo: Record<string, unknown>
  theme: 'light' | 'dark'
  fontSizeSetting: number
  networkType: string
  /** Milliseconds before each request is sent. */
  networkDelay: number
  /** The result of wx.getExtConfigSync. */
  extConfig: Record<string, unknown>
  /** Page, query and scene of the launch; the entry page by default. */
  launch: { path?: string; query?: Record<string, string>; scene?: number }
}
