import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SRC = new URL('../src/', import.meta.url)

/** Runs the built command, or its source when that exists and is newer. */
export const run = async (name) => {
  const built = new URL(`../dist/${name}.js`, import.meta.url)
  if (!existsSync(SRC) || (existsSync(built) && statSync(built).mtimeMs >= newestSource())) {
    await import(built.href)
  } else {
    const { register } = await import('tsx/esm/api')
    register()
    await import(new URL(`${name}.ts`, SRC).href)
  }
}

const newestSource = () =>
  Math.max(
    ...readdirSync(fileURLToPath(SRC), { recursive: true }).map(
      (name) => statSync(new URL(String(name), SRC)).mtimeMs,
    ),
  )
