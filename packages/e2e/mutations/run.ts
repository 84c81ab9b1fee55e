import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startStack } from '../test/support/stack.ts'
import { applyMutation } from './apply.ts'
import type { Mutation } from './mutations.ts'
import { mutations } from './mutations.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PROJECT = join(ROOT, 'apps/miniprogram')
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
/** Shorter than usual: what a mutant breaks never appears. */
const PATIENCE_MS = '4000'

const say = (line: string) => process.stdout.write(`${line}\n`)

/**
 * Puts each mistake into a copy of the mini-program, and checks that its test fails for its reason.
 */
const run = async () => {
  const { stack, close } = await startStack()
  const env = { MP_STACK: JSON.stringify(stack) }
  let survivors = 0
  try {
    await expectHealth(env)
    const waiting = mutations.values()
    const work = async () => {
      for (const mutation of waiting) {
        const { failed, output } = await inCopy(mutation, (project) =>
          runTest(mutation.test, { ...env, MP_PROJECT: project, MP_PATIENCE_MS: PATIENCE_MS }),
        )
        const caught = failed && mutation.reason.test(output)
        say(`${caught ? 'caught  ' : 'SURVIVED'}  ${mutation.name}  (${mutation.test.file})`)
        if (caught) continue
        survivors += 1
        say(output)
      }
    }
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  } finally {
    await close()
  }
  say(`${mutations.length - survivors} caught, ${survivors} survived`)
  process.exitCode = survivors === 0 ? 0 : 1
}

/** Checks that the tests pass without a mistake: otherwise a failure would prove nothing. */
const expectHealth = async (env: Record<string, string>) => {
  for (const target of [undefined, 'headless-chromium'] as const) {
    const tests = mutations.map(({ test }) => test).filter((test) => test.target === target)
    const all: Mutation['test'] = {
      file: [...new Set(tests.map(({ file }) => file))].join(' '),
      name: [...new Set(tests.map(nameOf))].join('|'),
    }
    if (target) all.target = target
    const { failed, output } = await runTest(all, env)
    if (failed) throw new Error(`the tests fail without any mistake:\n${output}`)
  }
}

const inCopy = async <T>(mutation: Mutation, use: (project: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-mutation-'))
  try {
    for (const part of ['miniprogram', 'project.config.json']) {
      await cp(join(PROJECT, part), join(folder, part), { recursive: true })
    }
    // As in the real project, packages can be found, although none may be imported at run time.
    await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction')
    await mutate(join(folder, 'miniprogram', mutation.file), mutation)
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const mutate = async (path: string, mutation: Mutation) =>
  writeFile(path, applyMutation(await readFile(path, 'utf8'), mutation))

const nameOf = ({ name, among = '' }: Mutation['test']) => among + name

const runTest = async (test: Mutation['test'], env: Record<string, string>) => {
  const args = ['run', '--project=e2e', '--bail=1', `--testNamePattern=${nameOf(test)}`]
  const child = spawn(process.execPath, [VITEST, ...args, ...test.file.split(' ')], {
    cwd: ROOT,
    env: { ...process.env, ...env, NO_COLOR: '1', MP_TARGET: test.target ?? 'headless' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  await once(child, 'close')

  return { failed: child.exitCode !== 0, output }
}

await run()
