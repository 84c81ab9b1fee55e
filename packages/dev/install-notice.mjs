// Run by pnpm before the first installation, when there are no packages yet: Node alone has to do.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const COMPILER = [['python3', 'python'], ['make'], ['c++', 'g++', 'clang++']]

const isThere = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0

/** What is missing of that with which SQLite is compiled. Windows has tools of its own. */
const missingTools = () =>
  process.platform === 'win32'
    ? []
    : COMPILER.filter((names) => !names.some(isThere)).map(([name]) => name)

if (!existsSync('node_modules/.pnpm')) {
  const missing = missingTools()
  const lines = [
    'The first installation: about 500 packages.',
    'SQLite comes as a file from GitHub. Where GitHub is out of reach, it is compiled instead, which takes',
    'one to three minutes; the README says how to use a mirror.',
    ...(missing.length > 0 ? [`Compiling it would fail here without: ${missing.join(', ')}.`] : []),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
