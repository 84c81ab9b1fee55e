import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Reads process ids, of which the last one counts ("0" for none). Its input ends however the parent
 * dies; then it kills that process and removes the folder.
 */
const SCRIPT = `
pid=0
while read -r line; do pid=$line; done
if [ "$pid" != 0 ] && kill -9 "$pid" 2>/dev/null; then
  tries=0
  while kill -0 "$pid" 2>/dev/null && [ $tries -lt 20 ]; do sleep 0.05; tries=$((tries + 1)); done
fi
rm -rf "$1"
`

/** Ends a server and removes its folder when this process ends, also by kill -9. */
export const startReaper = (folder: string) => {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'reaper', folder], {
    // Out of reach of the terminal's Ctrl-C, after which it is needed.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const exited = once(shell, 'exit')
  shell.unref()
  const { stdin } = shell
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref()

  return {
    watch: (pid: number) => stdin.write(`${pid}\n`),
    /** Resolves once the server is dead and the folder gone. */
    async dismiss() {
      stdin.end()
      shell.ref()
      await exited
    },
  }
}
