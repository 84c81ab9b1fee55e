// Adds up vitest's JSON reports and prints the closing line; fails when nothing ran or something failed.
import { readFileSync } from 'node:fs'

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const say = (line) => process.stdout.write(`${line}\n`)
const total = (key) => reports.reduce((sum, report) => sum + report[key], 0)

const passed = total('numPassedTests')
// A file that cannot be loaded fails as a suite and has no test of its own to count.
const broken = reports
  .flatMap((report) => report.testResults)
  .filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
const failed = total('numFailedTests') + broken
const skipped = total('numPendingTests') + total('numTodoTests')

process.exitCode = failed === 0 && skipped === 0 && passed > 0 ? 0 : 1
if (skipped > 0) say(`${skipped} tests were skipped: nothing may be skipped here.`)
say(`${passed} passed, ${failed} failed`)
