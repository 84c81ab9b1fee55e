import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const MEMORY = '/dev/shm'
const ROOM = 2 ** 30

/**
 * Where tests put databases: in memory where Linux offers enough of it, since a commit waits there for no
 * disk; otherwise the system's temporary folder. Nothing may be executed there.
 */
export const quickTmpdir = (): string => {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > ROOM ? MEMORY : tmpdir()
  } catch {
    // Other systems have no such folder.
    return tmpdir()
  }
}
