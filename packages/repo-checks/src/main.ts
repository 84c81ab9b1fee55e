import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkArchitecturePage } from './arrows/architecture-page.ts'
import { checkArrows } from './arrows/check-arrows.ts'
import { readSources } from './arrows/read-sources.ts'
import { API_ARROWS } from './arrows/table.ts'
import { checkDecisions } from './docs/decisions.ts'
import { checkLinks } from './docs/links.ts'
import { checkNamedTests } from './docs/named-tests.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const DECISIONS = 'docs/decisions'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const readRecords = () =>
  readdirSync(join(ROOT, DECISIONS))
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => ({ name, text: read(`${DECISIONS}/${name}`) }))

/** The Markdown files that git knows or would add. */
const readPages = () =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: read(path) }))

const pages = readPages()
const problems = [
  ...checkArrows(readSources(join(ROOT, 'apps/api/src')), API_ARROWS),
  ...checkArchitecturePage(read('docs/ARCHITECTURE.md'), API_ARROWS),
  ...checkDecisions(readRecords(), read(`${DECISIONS}/README.md`)),
  ...checkLinks(pages, (path) => existsSync(join(ROOT, path))),
  ...checkNamedTests(pages, (path) => (existsSync(join(ROOT, path)) ? read(path) : undefined)),
]
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exitCode = 1
else
  process.stdout.write('Arrows, decision records, links and named tests are as they should be.\n')
