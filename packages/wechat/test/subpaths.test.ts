import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const { exports } = JSON.parse(read('package.json')) as {
  exports: Record<string, { types: string; source: string; default: string }>
}

describe('every subpath of the package', () => {
  it.each(Object.entries(exports))('%s leads to its source and its build', (_subpath, entry) => {
    expect(existsSync(new URL(`../${entry.source}`, import.meta.url))).toBe(true)
    expect(entry.types).toBe(entry.source)
    expect(entry.default).toBe(entry.source.replace('./src/', './dist/').replace('.ts', '.js'))
  })

  it.each(Object.keys(exports).filter((subpath) => subpath !== '.'))(
    '%s has an example in the README',
    (subpath) => {
      expect(read('README.md')).toContain(`from '@oa/wechat/${subpath.slice(2)}'`)
    },
  )
})
