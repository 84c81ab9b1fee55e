import { randomBytes } from 'node:crypto'
import { daysOfKeys } from '../config/key-life.ts'
import type { Command, Shell, Values } from './command.ts'
import { misuse, textOf } from './command.ts'

const KEY_BYTES = 32
const RINGS = { jwt: 'JWT_KEYS', session: 'SESSION_KEYS' } as const

/** What to do when, so that no request meets a key that its node does not know. */
const rotate = async (values: Values, { env, print }: Shell) => {
  const ring = textOf(values, 'ring')
  if (ring !== 'jwt' && ring !== 'session') throw misuse('--ring must be jwt or session')
  const variable = RINGS[ring]
  const kids = (env[variable] ?? '').split(',').flatMap((entry) => entry.split(':', 1))
  const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const kid = [`k${today}`, `k${today}-${randomBytes(2).toString('hex')}`].find(
    (name) => !kids.includes(name),
  )
  const entry = `${kid}:${randomBytes(KEY_BYTES).toString('base64')}`
  const days = daysOfKeys(env)[ring]
  const steps = [
    `append this entry to the END of ${variable} on every node, and restart them one by one`,
    `when all run with it, move it to the FRONT, and restart them one by one: from now on it is used`,
    `after ${days} days, remove the other entries, and restart them one by one`,
  ]
  if (values.json === true) return print(JSON.stringify({ variable, entry, steps, days }))
  print(entry)
  print('')
  steps.forEach((step, index) => {
    print(`${index + 1}. ${step}`)
  })
  print('')
  print(`The entry is a secret: keep it where ${variable} is kept, and nowhere else.`)
}

export const keyCommands: readonly Command[] = [
  {
    name: 'key rotate',
    usage: `key rotate --ring (jwt | session)
      draws a key, and says when it goes where; changes nothing itself`,
    options: { ring: { type: 'string' } },
    run: rotate,
  },
]
