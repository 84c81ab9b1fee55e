import type { FSWatcher } from 'node:fs'
import { watch } from 'node:fs'
import type { Bundle } from '../compile/bundle.ts'
import { compileProject } from '../compile/project.ts'

/** A project that is compiled again when one of its files changes. */
export interface WatchedProject {
  /** The last successful compilation; null before the first. */
  bundle: Bundle | null
  /** Message of the last compilation's error; null after a success. */
  error: string | null
  close(): void
}

const SETTLE_MILLISECONDS = 80

export const watchProject = async (
  projectPath: string,
  onCompiled: () => void,
): Promise<WatchedProject> => {
  const project: WatchedProject = { bundle: null, error: null, close: () => undefined }
  const compile = async (): Promise<void> => {
    try {
      project.bundle = await compileProject(projectPath)
      project.error = null
    } catch (error) {
      project.error = error instanceof Error ? error.message : String(error)
    }
  }
  await compile()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const watcher: FSWatcher = watch(projectPath, { recursive: true }, (_event, file) => {
    if (file?.includes('node_modules')) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      void compile().then(() => {
        if (!closed) onCompiled()
      })
    }, SETTLE_MILLISECONDS)
  })
  project.close = () => {
    closed = true
    clearTimeout(timer)
    watcher.close()
  }
  return project
}
