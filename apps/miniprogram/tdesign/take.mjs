// Copies the parts of TDesign that components.json names, with what they need and nothing else, into
// miniprogram/tdesign, where DevTools finds them without "build npm", or into another folder that is
// given. `pnpm install` runs it.
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const [TO = join(HERE, '../miniprogram/tdesign')] = process.argv.slice(2)
const NPM = 'miniprogram_npm'
/** Ours instead: TDesign's icons are a font that the phone would load from a server of a third party. */
const OWN = ['icon/icon.js', 'icon/icon.json', 'icon/icon.wxml', 'icon/icon.wxss']

/** Names of other files, by the kind of the file that names them. */
const NAMED = {
  '.js': /\b(?:from\s*|import\s*|require\()["']([^"']+)["']/g,
  '.wxs': /require\(["']([^"']+)["']\)/g,
  '.wxss': /@import\s*["']([^"']+)["']/g,
  '.wxml': /<(?:import|include|wxs)\b[^>]*?src=["']([^"']+)["']/g,
}

const findTDesign = () => {
  try {
    const manifest = createRequire(import.meta.url).resolve('tdesign-miniprogram/package.json')
    return join(dirname(manifest), 'miniprogram_dist')
  } catch {
    return undefined
  }
}

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

const take = (from) => {
  const read = (path) => readFileSync(join(from, path), 'utf8')

  /** The file that `name` means in the file at `path`. */
  const resolve = (path, name) => {
    const target = name.startsWith('.')
      ? posix.join(posix.dirname(path), name)
      : posix.join(NPM, name)
    const found = [target, `${target}.js`, posix.join(target, 'index.js')].find((each) =>
      isFile(join(from, each)),
    )
    if (found === undefined) throw new Error(`TDesign: ${path} names ${name}, which is not there`)

    return found
  }
  const filesOf = (component) => ['.js', '.json', '.wxml', '.wxss'].map((end) => component + end)
  const neededBy = (path) => {
    if (OWN.includes(path)) return []
    const kind = extname(path)
    if (kind === '.json') {
      const components = Object.values(JSON.parse(read(path)).usingComponents ?? {})
      return components.flatMap((name) => filesOf(posix.join(posix.dirname(path), name)))
    }

    return [...read(path).matchAll(NAMED[kind])].map(([, name]) => resolve(path, name))
  }
  const taken = new Set()
  const takeFile = (path) => {
    if (taken.has(path)) return
    taken.add(path)
    neededBy(path).forEach(takeFile)
  }
  const wanted = JSON.parse(readFileSync(join(HERE, 'components.json'), 'utf8'))
  for (const name of wanted) filesOf(`${name}/${name}`).forEach(takeFile)

  rmSync(TO, { recursive: true, force: true })
  for (const path of taken) {
    mkdirSync(join(TO, dirname(path)), { recursive: true })
    if (OWN.includes(path)) copyFileSync(join(HERE, path), join(TO, path))
    else writeFileSync(join(TO, path), withPaths(read(path), path, resolve))
  }
}

/** Names of packages become paths, which need no look-up in `miniprogram_npm`. */
const withPaths = (text, path, resolve) =>
  extname(path) !== '.js'
    ? text
    : text.replace(NAMED['.js'], (whole, name) => {
        if (name.startsWith('.')) return whole
        const target = posix.relative(posix.dirname(path), resolve(path, name))
        return whole.replace(name, target.startsWith('.') ? target : `./${target}`)
      })

const tdesign = findTDesign()
if (tdesign) take(tdesign)
else process.stdout.write('TDesign is not installed: the mini-program is left without it.\n')
