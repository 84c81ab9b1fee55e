import { bundleApi } from '@oa/test-servers/api-bundle'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with the bundled API, for tests that start processes. */
    apiBundle: string
  }
}

/** Scripts that tests run in a process of their own. */
const SCRIPTS = ['sign-in-forever.ts', 'migrate-many-tables.ts']

/** Bundles the API once for all files. */
export default async (project: TestProject) => {
  const { folder, remove } = await bundleApi({
    more: SCRIPTS.map((name) => `test/database/${name}`),
  })
  project.provide('apiBundle', folder)
  return remove
}
