import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import type { ProjectConfig } from 'vitest/node'

const CONDITIONS = ['source', 'module', 'node', 'development|production']

/** What the tests of a package need beyond the rest. */
const NEEDS: Record<string, ProjectConfig> = {
  e2e: {
    // All files share one API, and those of a worker what they import: both take long to load.
    globalSetup: ['test/global-setup.ts'],
    isolate: false,
  },
}

const projectsIn = (folder: string) =>
  readdirSync(new URL(folder, import.meta.url)).map((name) => ({
    extends: true as const,
    test: { name, root: `${folder}/${name}`, ...NEEDS[name] },
  }))

/** One run over all packages; `vitest run --project api` runs one of them. */
export default defineConfig({
  // Workspace packages are read as source, so that no test waits for a build.
  ssr: { resolve: { conditions: CONDITIONS } },
  // The same for global setups, which vitest loads in an environment of their own.
  environments: { __vitest__: { resolve: { conditions: CONDITIONS } } },
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    maxWorkers: '100%',
    // They end what hangs. How long a test takes says how busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [...projectsIn('apps'), ...projectsIn('packages')],
  },
})
