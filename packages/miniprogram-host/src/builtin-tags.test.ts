import { expect, it } from 'vitest'
import { BUILTIN_TAGS } from './builtin-tags.ts'
import { BUILTINS } from './runtime/components/builtins.ts'

it('the compiler knows the tags of the runtime', () => {
  expect([...BUILTIN_TAGS].sort()).toEqual(Object.keys(BUILTINS).sort())
})
