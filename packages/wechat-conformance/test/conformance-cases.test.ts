import { startSimulator } from '@oa/wechat-simulator'
import { expect, it } from 'vitest'
import type { ConformanceCase, Step } from '../src/conformance/conformance-case.ts'
import { readConformanceCases } from '../src/conformance/conformance-case.ts'

const cases = await readConformanceCases()

/** Every path that a simulator answers. */
const readPaths = async () => {
  const { url, close } = await startSimulator()
  const state = (await (await fetch(`${url}/_control/state`)).json()) as { paths: string[] }
  await close()

  return state.paths
}

const errcodeOf = ({ expect: { body } }: Step) =>
  String(typeof body === 'object' && body !== null && !Array.isArray(body) ? body.errcode : 0)

const isSuccess = (step: Step) =>
  (step.expect.body ?? step.expect.contentType) !== undefined &&
  ['0', 'undefined', 'null'].includes(errcodeOf(step))

/** The cases whose last step calls the path. */
const about = (path: string) => cases.filter(({ steps }) => steps.at(-1)?.path === path)

const answers = (found: ConformanceCase[], errcode: RegExp) =>
  found.some(({ steps }) => steps.some((step) => errcode.test(errcodeOf(step))))

const NEEDS_NO_TOKEN = ['/sns/jscode2session', '/cgi-bin/token', '/cgi-bin/stable_token']
const paths = await readPaths()

it.each(paths)('%s is called correctly, wrongly and beyond its quota', (path) => {
  const found = about(path)
  const all = cases.flatMap(({ steps }) => steps).filter((step) => step.path === path)

  expect(all.some(isSuccess), 'success').toBe(true)
  expect(answers(found, /4(0002|00[0-9]{2}|01\d\d|70\d\d|10\d\d)/), 'wrong argument').toBe(true)
  expect(answers(found, /45009|44993|45029/), 'quota').toBe(true)
})

it.each(paths.filter((path) => !NEEDS_NO_TOKEN.includes(path)))(
  '%s is called without a token and with a bad one',
  (path) => {
    expect(answers(about(path), /^41001$/)).toBe(true)
    expect(answers(about(path), /^40001$/)).toBe(true)
  },
)

it('every case names its page, whether it is confirmed, and what it costs', () => {
  for (const { id, source, confirmed, setup, needs = [], costs } of cases) {
    expect(source, id).toMatch(/^https:\/\/developers\.weixin\.qq\.com\//)
    expect(confirmed, id).toBeTypeOf('boolean')
    const isPaid = needs.some((name) => name.endsWith('phone_code'))
    if (isPaid) expect(setup ?? costs, id).toBeDefined()
  }
})
