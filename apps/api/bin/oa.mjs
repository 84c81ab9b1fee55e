#!/usr/bin/env node
import { existsSync } from 'node:fs'

// The built command; in a checkout that was not built, its source.
const built = new URL('../dist/cli.js', import.meta.url)
if (existsSync(built)) {
  await import(built.href)
} else {
  const { register } = await import('tsx/esm/api')
  register()
  await import(new URL('../src/cli.ts', import.meta.url).href)
}
