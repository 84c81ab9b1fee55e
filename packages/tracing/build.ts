import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const DIST = join(HERE, 'dist')

/** What modules written for CommonJS expect, in a module of the other kind. */
const COMMONJS = `
import { createRequire as createBundleRequire } from 'node:module'
const require = createBundleRequire(import.meta.url)
const __filename = import.meta.filename
const __dirname = import.meta.dirname
`

/** The package that a file is part of, as a folder. */
const packageOf = (input: string) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]

const licenceOf = async (folder: string) => {
  const name = (await readdir(join(HERE, folder))).find((file) => /^licen[cs]e/i.test(file))
  if (name === undefined) throw new Error(`${folder} has no licence beside it`)
  return readFile(join(HERE, folder, name), 'utf8')
}

await rm(DIST, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ['src/index.ts'],
  outfile: join(DIST, 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  banner: { js: COMMONJS },
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
})
// Their licences ask to be where the packages are.
const folders = [...new Set(Object.keys(metafile.inputs).map(packageOf))].filter(
  (folder) => folder !== undefined,
)
const licences = await Promise.all(
  folders.sort().map(async (folder) => {
    const { name, version } = JSON.parse(
      await readFile(join(HERE, folder, 'package.json'), 'utf8'),
    ) as { name: string; version: string }
    return `${name} ${version}\n\n${await licenceOf(folder)}`
  }),
)
await writeFile(join(DIST, 'LICENCES.txt'), licences.join(`\n${'-'.repeat(72)}\n\n`))
