// Compiles the mini-program into the given folder with WeChat's own compiler, as an upload does. It
// needs no account, since nothing is uploaded. The compiler is too large to be a dependency:
//   pnpm --package=miniprogram-ci@2.1.42 dlx node packages/e2e/official/compile.mjs OUT
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../../../apps/miniprogram', import.meta.url))
const MEGABYTE = 1024 * 1024

/** What WeChat's server would answer about the project: the limits of a plain mini-program. */
const attr = async () => ({
  platform: true,
  appType: 0,
  isSlave: false,
  released: true,
  setting: { MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 20 },
})

/** `dlx` installs the compiler beside the folder of commands that it adds to PATH. */
const findCompiler = () => {
  const folders = (process.env.PATH ?? '').split(delimiter).map(dirname)
  const modules = folders.find((folder) => existsSync(join(folder, 'miniprogram-ci/package.json')))
  if (!modules) throw new Error('run this by: pnpm --package=miniprogram-ci@2.1.42 dlx node …')

  return createRequire(join(modules, 'miniprogram-ci/package.json'))('miniprogram-ci')
}

const compile = async (out) => {
  const ci = findCompiler()
  const config = JSON.parse(await readFile(join(PROJECT, 'project.config.json'), 'utf8'))
  const project = new ci.Project({
    appid: config.appid,
    type: 'miniProgram',
    projectPath: PROJECT,
    // A key for requests to WeChat, of which there are none.
    privateKey: 'none',
    ignores: ['node_modules/**/*', 'test/**/*'],
    attr,
  })
  const files = Object.entries(await ci.getCompiledResult({ project, setting: config.setting }))
  for (const [path, content] of files) {
    const file = join(out, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  // The output has no TypeScript, and its root is the folder itself.
  const compiled = { ...config, miniprogramRoot: '', setting: { urlCheck: false } }
  await writeFile(join(out, 'project.config.json'), JSON.stringify(compiled))

  return files.reduce((size, [, content]) => size + content.length, 0)
}

const [out] = process.argv.slice(2)
if (!out) throw new Error('usage: compile.mjs OUT')
const size = await compile(out)
process.stdout.write(`Compiled into ${out}: ${(size / MEGABYTE).toFixed(2)} MB\n`)
process.exit()
