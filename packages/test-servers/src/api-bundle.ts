import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BuildFailure } from 'esbuild'
import { build, formatMessages } from 'esbuild'

const API = fileURLToPath(new URL('../../../apps/api/', import.meta.url))
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

/**
 * Bundles the API as `main.mjs` and `cli.mjs` with the packages that they use. A process of the bundle
 * starts with a sixth of the CPU time that the source needs. Rejects with a BundleError when the source
 * cannot be read, and has then written nothing.
 */
export const bundleApi = async ({ more = [], name, sourceMaps = false }: Options = {}) => {
  await mkdir(CACHE, { recursive: true })
  const folder = name === undefined ? await mkdtemp(`${CACHE}bundle-`) : CACHE + name
  await build({
    entryPoints: ['src/main.ts', 'src/cli.ts', ...more].map((file) => API + file),
    outdir: folder,
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
    sourcemap: sourceMaps,
    sourcesContent: false,
    logLevel: 'silent',
  }).catch(describeFailure)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

const describeFailure = async (cause: BuildFailure): Promise<never> => {
  const messages = await formatMessages(cause.errors, { kind: 'error' })
  throw new BundleError(messages.join('').trim(), { cause })
}
