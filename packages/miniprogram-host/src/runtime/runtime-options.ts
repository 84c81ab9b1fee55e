/** Starting conditions of one run. */
export interface RuntimeOptions {
  /** Stored values by key, each as JSON. */
  storage: Record<string, string>
  /** Replaces single fields of wx.getSystemInfoSync and its relatives. */
  systemInfo: Record<string, unknown>
  theme: 'light' | 'dark'
  fontSizeSetting: number
  networkType: string
  networkDelay: number
  /** What wx.getExtConfigSync answers. */
  extConfig: Record<string, unknown>
  /** Page and query to start with; the project's first page when absent. */
  launch: { path?: string; query?: Record<string, string>; scene?: number }
}
