import type { Bundle } from '../compile/bundle.ts'
import { compileProject } from '../compile/project.ts'
import { openPage } from './open-page.ts'
import type { CheckOptions, CheckReport, PageReport } from './report.ts'

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
