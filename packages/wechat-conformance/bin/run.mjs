import { existsSync } from 'node:fs'
import { register } from 'node:module'

const SRC = new URL('../src/', import.meta.url)

/** Runs a command from source in the repository, and as built in an installed package. */
export const run = async (name) => {
  if (!existsSync(SRC)) {
    await import(new URL(`../dist/${name}.js`, import.meta.url).href)
    return
  }
  const tsx = await import('tsx/esm/api')
  tsx.register()
  register('./source-condition.mjs', import.meta.url)
  await import(new URL(`${name}.ts`, SRC).href)
}
