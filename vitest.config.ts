import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const projectsIn = (folder: string) =>
  readdirSync(new URL(folder, import.meta.url)).map((name) => ({
    extends: true as const,
    test: { name, root: `${folder}/${name}` },
  }))

/** One run over all packages; `vitest run --project api` runs one of them. */
export default defineConfig({
  // Workspace packages are read as source, so that no test waits for a build.
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [...projectsIn('apps'), ...projectsIn('packages')],
  },
})
