import type { HostOptions } from '../host.ts'

/** What happened when a page was opened. */
export interface PageReport {
  path: string
  /** Whether it became visible without an exception or a fault in its files. */
  clean: boolean
  /** Exceptions and faults, as the developer reads them. */
  problems: string[]
  /** What the app used and this host lacks, and where it went on to by itself. */
  gaps: string[]
}

export interface CheckReport {
  pages: PageReport[]
  /** Problems of files that belong to no page. */
  warnings: string[]
}

export interface CheckOptions
  extends Pick<HostOptions, 'projectPath' | 'backend' | 'platform' | 'storage' | 'extConfig'> {
  /** Milliseconds that each page stays open; 500 by default. */
  settle?: number
  /** Whether requests are sent; otherwise the phone is offline. */
  online?: boolean
  /** Told of each page as soon as it is checked. */
  onPage?(report: PageReport): void
}
