import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SRC = new URL('../src/', import.meta.url)

/** Runs a command as built, or from source where that is there and newer. */
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
