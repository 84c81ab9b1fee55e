import { existsSync } from 'node:fs'

/** Runs a command of this package: as built, or from source in a checkout that was never built. */
export const run = async (name) => {
  const built = new URL(`../dist/${name}.js`, import.meta.url)
  if (existsSync(built)) {
    await import(built.href)
  } else {
    const { register } = await import('tsx/esm/api')
    register()
    await import(`../src/${name}.ts`)
  }
}
