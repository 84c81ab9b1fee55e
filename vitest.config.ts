import { existsSync, readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const CONDITIONS = ['source', 'module', 'node', 'development|production']
const SETUP = 'test/global-setup.ts'

const projectsIn = (folder: string) =>
  readdirSync(new URL(folder, import.meta.url)).map((name) => {
    const hasSetup = existsSync(new URL(`${folder}/${name}/${SETUP}`, import.meta.url))

    return {
      extends: true as const,
      test: { name, root: `${folder}/${name}`, globalSetup: hasSetup ? [SETUP] : [] },
    }
  })

/** One run over all packages; `vitest run --project api` runs one of them. */
export default defineConfig({
  // Workspace packages are read as source, so that no test waits for a build.
  ssr: { resolve: { conditions: CONDITIONS } },
  // The same for global setups, which vitest loads in an environment of their own.
  environments: { __vitest__: { resolve: { conditions: CONDITIONS } } },
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [...projectsIn('apps'), ...projectsIn('packages')],
  },
})
