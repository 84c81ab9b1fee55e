import type { Bundle } from '../compile/bundle.ts'
import { compileProject } from '../compile/project.ts'
import type { HostOptions } from '../host.ts'
import { openPage } from './open-page.ts'

/** What happened when a page was opened. */
export interface PageReport {
  path: string
  /** Whether it became visible without an exception or a fault in its files. */
  clean: boolean
  /** Exceptions and faults, as the developer reads them. */
  problems: string[]
  /** What the app used and this host lacks. */
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

/** How many pages are open at a time, each in a mini-program of its own. */
const PARALLEL = 2

/**
 * Opens every page of a project on its own, as if the user had entered there, and reports which open
 * clean. Throws CompileError when the project cannot start.
 */
export const checkProject = async (options: CheckOptions): Promise<CheckReport> => {
  const bundle = await compileProject(options.projectPath)
  const waiting = [...bundle.app.pages]
  const reports = new Map<string, PageReport>()
  const work = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const report = await openPage(bundle, path, options)
      reports.set(path, report)
      options.onPage?.(report)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  const pages = bundle.app.pages.flatMap((path) => reports.get(path) ?? [])
  return { pages, warnings: warningsOfNoPage(bundle) }
}

const warningsOfNoPage = ({ warnings, faults }: Bundle): string[] => {
  const ofPages = new Set(Object.values(faults).flat())
  return warnings.filter((warning) => !ofPages.has(warning))
}
