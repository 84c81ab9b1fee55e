import type { HostServices } from '../host-services.ts'
import type { View } from './view/view.ts'

/** What surrounds the runtime: a worker of Node or a page of a browser. */
export interface Environment {
  /** Asks the host for what only it can do: the network, WeChat's own services. */
  call<Name extends keyof HostServices>(
    service: Name,
    params: HostServices[Name]['params'],
  ): Promise<HostServices[Name]['result']>
  /** Tells the host what happened, by the protocol's event names. */
  emit(event: string, params: unknown): void
  setTimeout(task: () => void, milliseconds: number): number
  clearTimeout(id: number): void
  setInterval(task: () => void, milliseconds: number): number
  clearInterval(id: number): void
  now(): number
  view: View
}

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
