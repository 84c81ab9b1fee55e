import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ConformanceCase, Step } from '../src/conformance/conformance-case.ts'
import { readConformanceCases } from '../src/conformance/conformance-case.ts'
import { endpoints } from '../src/endpoints/index.ts'

const cases = await readConformanceCases()

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
const paths = endpoints.map(({ path }) => path)

it.each(paths)('%s is called well, badly and too often', (path) => {
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

it('every errcode of the simulator has a test or a case', () => {
  const texts = ['', 'lists/'].flatMap((folder) => readAll(`../conformance/${folder}`, /\.json$/))
  const tested = [...texts, ...readAll('./', /\.test\.ts$/)].join('\n')
  const source = readFileSync(new URL('../src/platform/wechat-error.ts', import.meta.url), 'utf8')
  const errcodes = [...source.matchAll(/^ {2}\[?(-?\d+)\]?:/gm)].map(([, errcode]) => errcode)

  expect(errcodes.length).toBeGreaterThan(60)
  expect(
    errcodes.filter((errcode) => !new RegExp(`(?<![\\w-])${errcode}\\b`).test(tested)),
  ).toEqual([])
})

it('a case that no page confirms, or that only a simulator can show, says so', () => {
  for (const { id, source, confirmed, setup, needs = [], costs } of cases) {
    expect(source, id).toMatch(/^https:\/\/developers\.weixin\.qq\.com\//)
    expect(confirmed, id).toBeTypeOf('boolean')
    const isPaid = needs.some((name) => name.endsWith('phone_code'))
    if (isPaid) expect(setup ?? costs, id).toBeDefined()
  }
})

const readAll = (folder: string, pattern: RegExp) => {
  const url = new URL(folder, import.meta.url)
  const names = readdirSync(url).filter((name) => pattern.test(name))

  return names.map((name) => readFileSync(new URL(name, url), 'utf8'))
}
