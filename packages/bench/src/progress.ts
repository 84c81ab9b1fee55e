export type Progress = { say(text: string): void; end(): void }

const LINE_MS = 5_000

/**
 * Says on stderr what is being done: in place on a terminal, else a line every five seconds.
 */
export const createProgress = (): Progress => {
  const { stderr } = process
  const begin = performance.now()
  let last = 0
  return {
    say(text) {
      const seconds = Math.round((performance.now() - begin) / 1000)
      const line = `[${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}] ${text}`
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${line}`)
      else if (performance.now() - last > LINE_MS) {
        last = performance.now()
        stderr.write(`${line}\n`)
      }
    },
    end() {
      if (stderr.isTTY) stderr.write('\r\u001b[2K')
    },
  }
}
