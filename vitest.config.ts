import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
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
    // A third of their time is waiting. A number, because vitest cuts percentages at one worker per processor.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // The files of a worker share what they import: loading it anew for each took half of the run.
    isolate: false,
    // They end what hangs. How long a test takes says how busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A worker collects much garbage for a short time: more room for what is young, and no threads that
    // take turns with the other workers; nor is Prisma's query compiler worth optimising.
    execArgv: ['--liftoff-only', '--max-semi-space-size=32', '--single-threaded-gc'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [...projectsIn('apps'), ...projectsIn('packages')],
  },
})
