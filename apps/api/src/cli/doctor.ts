import type { Command, Shell, Values } from './command.ts'
import { CommandError, EXIT } from './command.ts'

const MARK = { ok: 'ok     ', problem: 'PROBLEM', skipped: 'skipped' }

const examine = async (values: Values, shell: Shell) => {
  const { examineAll } = await import('../doctor/examine.ts')
  const findings = await examineAll(shell.env)
  const problems = findings.filter(({ state }) => state === 'problem')
  if (values.json === true) {
    shell.print(JSON.stringify(findings))
  } else {
    for (const { what, state, found, cure } of findings) {
      shell.print(`${MARK[state]}  ${what}: ${found}`)
      if (cure === undefined) continue
      shell.print(`         cure: ${cure.en}`)
      shell.print(`         处理：${cure.zh}`)
    }
  }
  if (problems.length > 0) {
    throw new CommandError(`${problems.length} problem(s).`, EXIT.problems)
  }
}

export const doctorCommand: Command = {
  name: 'doctor',
  usage: `doctor
      looks at the configuration, the database, Redis, WeChat, clocks, certificates and the disk, and
      says how to cure what is wrong, in Chinese and English; changes nothing`,
  options: {},
  run: examine,
}
