import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BuildFailure, BuildOptions } from 'esbuild'
import { build, formatMessages } from 'esbuild'
import { createBundleCache } from './bundle-cache.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const API = `${ROOT}apps/api/`
/** The API finds its migrations and the packages that are not bundled above it. */
const CACHE = `${API}node_modules/.cache/`

/** Native, with files of their own, or loaded only when they are needed. */
const NOT_BUNDLED = ['better-sqlite3', '@fastify/swagger-ui', 'sharp', '@aws-sdk/client-s3']

/** Its message names each file and line. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/** What modules written for CommonJS expect, in a module of the other kind. */
const COMMONJS = `
import { createRequire as createBundleRequire } from 'node:module'
const require = createBundleRequire(import.meta.url)
const __filename = import.meta.filename
const __dirname = import.meta.dirname
`

type Options = {
  /** Further files of the API's folder. */
  more?: readonly string[]
  /** Of the folder, which may be there from before; a new one by default. */
  name?: string
  /** For `node --enable-source-maps`. */
  sourceMaps?: boolean
}

const kept = createBundleCache({
  cache: CACHE,
  root: ROOT,
  // How names are resolved stands in these; the first is written at each installation.
  alsoOf: (inputs) => [
    'node_modules/.modules.yaml',
    'tsconfig.base.json',
    ...[...new Set(inputs.map((input) => /^(apps|packages)\/[^/]+\//.exec(input)?.[0]))].flatMap(
      (folder) => (folder === undefined ? [] : [`${folder}package.json`, `${folder}tsconfig.json`]),
    ),
  ],
})

/**
 * Bundles the API as `main.mjs` and `cli.mjs` with the packages that they use; `run.mjs` exports what the
 * command line runs. A process of the bundle starts with a sixth of the CPU time that the source needs. Rejects with a BundleError when the source
 * cannot be read, and has then written nothing.
 */
export const bundleApi = async ({ more = [], name, sourceMaps = false }: Options = {}) => {
  await mkdir(CACHE, { recursive: true })
  const folder = name === undefined ? await mkdtemp(`${CACHE}bundle-`) : CACHE + name
  const options = { ...BUILD, sourcemap: sourceMaps, outdir: folder } satisfies BuildOptions
  const entryPoints = ['src/main.ts', 'src/cli.ts', 'src/cli/run.ts', ...more].map(
    (file) => API + file,
  )
  const bundle = { folder, remove: () => rm(folder, { recursive: true, force: true }) }
  if (await kept.restore({ ...options, entryPoints }, folder)) return bundle

  const begun = Date.now()
  const { metafile } = await build({ ...options, entryPoints }).catch(describeFailure)
  await kept.keep({ ...options, entryPoints }, folder, metafile, begun)
  return bundle
}

const BUILD = {
  absWorkingDir: ROOT,
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['source'],
  external: NOT_BUNDLED,
  banner: { js: COMMONJS },
  sourcesContent: false,
  logLevel: 'silent',
  metafile: true,
} satisfies BuildOptions

const describeFailure = async (cause: BuildFailure): Promise<never> => {
  const messages = await formatMessages(cause.errors, { kind: 'error' })
  throw new BundleError(messages.join('').trim(), { cause })
}
