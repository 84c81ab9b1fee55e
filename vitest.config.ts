import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import type { ProjectConfig } from 'vitest/node'

const CONDITIONS = ['source', 'node', 'development|production']

/** What the tests of a package need beyond the rest. */
const NEEDS: Record<string, ProjectConfig> = {
  api: { globalSetup: ['test/global-setup.ts'] },
  // All files share one API, which takes long to start.
  e2e: { globalSetup: ['test/global-setup.ts'] },
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
    // The files of a worker share what they import: loading it anew for each took half of the run.
    isolate: false,
    // They end what hangs. How long a test takes says how busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [...projectsIn('apps'), ...projectsIn('packages')],
  },
})
