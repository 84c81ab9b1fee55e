import { exitCodeOf, isExpected, run } from '../../src/cli/run.ts'
import type { Finished } from './start-api-process.ts'

/**
 * Runs a command of the command line in this process, with `env` as its environment: what it does and
 * prints, without the second of processor time that a process takes to start.
 */
export const runCommand = async (
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<Finished> => {
  let stdout = ''
  const print = (line: string) => {
    stdout += `${line}\n`
  }
  try {
    await run([...args], { env, print })
    return { code: 0, stdout, stderr: '' }
  } catch (error) {
    if (!(error instanceof Error && (await isExpected(error)))) throw error
    return { code: await exitCodeOf(error), stdout, stderr: `${error.message}\n` }
  }
}
