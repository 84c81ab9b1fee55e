import type { CheckReport, PageReport } from './report.ts'

/** One line for a clean page; for any other its problems below it. */
export const pageLines = ({ path, clean, problems, gaps }: PageReport): string[] => [
  `${clean ? 'clean    ' : 'NOT clean'}  ${path}`,
  ...problems.map((problem) => `           ${firstLine(problem)}`),
  ...gaps.map((gap) => `           (${gap})`),
]

/** The last lines of a report. */
export const summaryLines = ({ pages, warnings }: CheckReport): string[] => {
  const clean = pages.filter((page) => page.clean).length
  const share = pages.length === 0 ? 0 : Math.floor((clean * 1000) / pages.length) / 10
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    `${clean} of ${pages.length} pages open clean (${share} %)`,
  ]
}

const firstLine = (text: string): string => text.split('\n')[0] ?? ''
