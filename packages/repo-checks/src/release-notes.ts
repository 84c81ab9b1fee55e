import { readFileSync } from 'node:fs'
import { releaseNotes } from './docs/changelog.ts'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

const [tag = ''] = process.argv.slice(2)
const { version } = JSON.parse(read('package.json')) as { version: string }
try {
  process.stdout.write(`${releaseNotes(tag, version, read('CHANGELOG.md'))}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
