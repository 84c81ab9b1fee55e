import { describeMachine } from './report.ts'
import { measureFunctions } from './timing/at-function.ts'
import type { Times } from './timing/measure.ts'
import { describeTimes } from './timing/measure.ts'
import { measureOthers } from './timing/others.ts'
import { measureOverHttp } from './timing/over-http.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? { function: 500, http: 50 } : { function: 10_000, http: 1_000 }
const say = (line: string) => process.stdout.write(`${line}\n`)

const print = (title: string, count: number, measured: Record<string, Times>) => {
  const tables = Object.entries(measured).map(([who, times]) => describeTimes(who, times))
  say(`\n### ${title}\n`)
  say(
    `${count} refusals of each kind; chance alone moves 0.500 by up to ${tables[0]?.noise.toFixed(3)}`,
  )
  say('')
  say('| who | what is wrong | median µs | takes longer than wrong padding |')
  say('| --- | --- | --- | --- |')
  for (const { rows } of tables) for (const row of rows) say(row)
}

say(describeMachine())
print('Straight at the function', rounds.function, await measureFunctions(rounds.function))
print('POST /wx/auth/bind_phone', rounds.http, { 'oa-mini': await measureOverHttp(rounds.http) })

const others = await measureOthers(rounds.http)
say('\n### What belongs to other users, beside what belongs to nobody\n')
say(
  `${rounds.http} guesses of each kind; chance alone moves 0.500 by up to ${others.noise.toFixed(3)}`,
)
say('')
say('| guess at | nobody’s µs | another user’s µs | takes longer |')
say('| --- | --- | --- | --- |')
for (const row of others.rows) say(row)
