import { basename, dirname, relative } from 'node:path'
import { watch } from 'chokidar'

/** What the API is made of. */
const SOURCES = [
  'apps/api/src',
  'packages/contracts/src',
  'packages/wechat/src',
  'prisma/sqlite/migrations',
]
const SETTLE_MS = 80

type Options = {
  root: string
  envFile: string
  /** `what` names one of the files that changed. */
  onChange(what: string, isEnvironment: boolean): void
}

/** Watches the source of the API and the file of variables, also one that is yet to be made. */
export const watchFiles = ({ root, envFile, onChange }: Options): { close(): Promise<void> } => {
  const options = { cwd: root, ignoreInitial: true }
  const sources = watch(SOURCES, { ...options, ignored: /\.test\.ts$/ })
  // A file that an editor replaces is only seen in its folder.
  const environment = watch(dirname(envFile), {
    ignoreInitial: true,
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && basename(path) !== basename(envFile),
  })
  sources.on(
    'all',
    settle((_event, path) => onChange(path, false)),
  )
  environment.on(
    'all',
    settle((_event, path) => onChange(relative(root, path), true)),
  )
  return {
    async close() {
      await Promise.all([sources.close(), environment.close()])
    },
  }
}

/** Editors write a file in several steps. */
const settle = (run: (event: string, path: string) => void) => {
  let timer: NodeJS.Timeout | undefined
  return (event: string, path: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => run(event, path), SETTLE_MS)
  }
}
