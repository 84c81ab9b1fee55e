import { readFileSync } from 'node:fs'

const CTRL_C = 0x03
const CTRL_Z = 0x1a
const CTRL_BACKSLASH = 0x1c
const ENTER = 0x0d
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `onStop` at Ctrl-C, SIGINT, SIGTERM and when the terminal is closed. In a terminal Ctrl-C is
 * read as a key: as a signal it would also reach the shells that npx and pnpm start around this
 * process, and they would report a failure. Returns what gives the terminal back.
 */
export const listenForStop = (onStop: () => void): (() => void) => {
  // More than once: pnpm repeats to its script the signal that the terminal has already sent to it.
  for (const signal of SIGNALS) process.on(signal, onStop)
  const ignoreSignals = () => {
    for (const signal of SIGNALS) process.off(signal, onStop)
  }
  const { stdin } = process
  if (!stdin.isTTY || !isInForeground()) return ignoreSignals

  const readKeys = () => void stdin.setRawMode(true).resume()
  const release = () => void stdin.setRawMode(false).pause()
  const onKeys = (keys: Buffer) => {
    for (const key of keys) {
      if (key === CTRL_C || key === CTRL_BACKSLASH) onStop()
      if (key === ENTER) process.stdout.write('\n')
      if (key === CTRL_Z) {
        release()
        // The whole group, as the terminal would.
        process.kill(0, 'SIGTSTP')
      }
    }
  }
  const onContinue = () => {
    if (isInForeground()) readKeys()
  }
  stdin.on('data', onKeys)
  process.on('SIGCONT', onContinue)
  readKeys()
  return () => {
    ignoreSignals()
    stdin.off('data', onKeys)
    process.off('SIGCONT', onContinue)
    release()
  }
}

/** A process in the background is stopped by the system when it changes the terminal. */
const isInForeground = () => {
  try {
    // pid (name) state ppid pgrp session tty tpgid …; the name may hold spaces and brackets.
    const [, , group, , , foreground] =
      readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return group !== undefined && group === foreground
  } catch {
    // Not Linux: Ctrl-C stays a signal.
    return false
  }
}
