import { mkdtemp, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { build } from 'esbuild'

const API = fileURLToPath(new URL('../../../../apps/api/', import.meta.url))

/**
 * Bundles the API and its command line into one file each. They start in a third of the time that
 * the source needs, and each test file that breaks the API or WeChat starts them again. The folder
 * is as deep as that of the source, relative to which the API finds its migrations.
 */
export const bundleApi = async () => {
  const folder = await mkdtemp(`${API}.e2e-`)
  const out = `${folder}/bundle`
  await build({
    entryPoints: [`${API}src/main.ts`, `${API}src/cli.ts`],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['source'],
    logLevel: 'error',
    plugins: [leavePackagesOut],
  })
  return { folder: out, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Does not bundle packages of the registry: the bundle imports them by their path. */
const leavePackagesOut: Plugin = {
  name: 'leave-packages-out',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === leavePackagesOut || path.startsWith('@oa/')) return
      if (isBuiltin(path)) return { path, external: true }
      const found = await resolve(path, {
        importer,
        resolveDir,
        kind,
        pluginData: leavePackagesOut,
      })
      return { path: found.path, external: true }
    })
  },
}
