import { readFileSync } from 'node:fs'

/** Adds up vitest's JSON reports and says the closing line; false when nothing ran, or something failed or was skipped. */
export const summarize = (files, say) => {
  const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')))
  const total = (key) => reports.reduce((sum, report) => sum + report[key], 0)

  const passed = total('numPassedTests')
  // A file that cannot be loaded fails as a suite and has no test of its own to count.
  const broken = reports
    .flatMap((report) => report.testResults)
    .filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const failed = total('numFailedTests') + broken
  const skipped = total('numPendingTests') + total('numTodoTests')

  if (skipped > 0) say(`${skipped} tests were skipped: nothing may be skipped here.`)
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 && skipped === 0 && passed > 0
}
