import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { renderPage } from './page.ts'

const PATH = fileURLToPath(new URL('../../../docs/errors.md', import.meta.url))

const readPage = () => {
  try {
    return readFileSync(PATH, 'utf8')
  } catch {
    return ''
  }
}

const page = `${renderPage()}\n`
if (process.argv[2] === '--write') {
  writeFileSync(PATH, page)
} else if (readPage() !== page) {
  process.stderr.write('docs/errors.md is out of date: run `npx -y pnpm@10.34.8 errors:write`\n')
  process.exitCode = 1
}
