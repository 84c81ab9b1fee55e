import { readFile } from 'node:fs/promises'
import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { APP, code2Session, createApi, useSimulator } from './support.ts'

const start = useSimulator()

it('is one document that loads nothing and runs only its own script', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/_control/`)
  const html = await response.text()

  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; connect-src 'self'; img-src data:; style-src 'sha256-[^']+'; script-src 'sha256-/,
  )
  expect(html).not.toMatch(/(?:src|href)=/)
  expect(html).not.toContain('innerHTML')
  expect(html).not.toContain('<!--')
})

it('has one script that needs no module', async () => {
  const { url } = await start()
  const html = await (await fetch(`${url}/_control/`)).text()
  const script = /<script type="module">(.*)<\/script>/s.exec(html)?.[1] ?? ''

  expect(script).toContain('EventSource')
  expect(() => new Script(script)).not.toThrow()
})

it('shows the state without any secret', async () => {
  const simulator = await start()
  await simulator.control.createPerson({ name: 'alice' })
  const { code } = await simulator.control.login({ appid: APP.appid, person: 'alice' })
  const { body } = await code2Session(simulator, { js_code: code })
  const { get } = await createApi(simulator)
  await get('/wxa/checksession')
  const state = await (await fetch(`${simulator.url}/_control/state`)).text()

  expect(JSON.parse(state)).toMatchObject({
    apps: [{ appid: APP.appid }],
    people: [{ name: 'alice' }],
    calls: [
      { person: 'alice', errcode: 0 },
      { errcode: 0 },
      { errcode: 40097, errmsg: 'invalid args' },
    ],
    tokens: [{ family: 'stable_token', appid: APP.appid }],
    pushes: [],
    paths: expect.arrayContaining(['/sns/jscode2session']),
  })
  for (const secret of [APP.secret, code, String(body.session_key)]) {
    expect(state).not.toContain(secret)
  }
})

it('is notified of every change', async () => {
  const simulator = await start()
  const events = await fetch(`${simulator.url}/_control/events`)
  const reader = events.body?.getReader()
  const next = async () => new TextDecoder().decode((await reader?.read())?.value)
  expect(events.headers.get('content-type')).toBe('text/event-stream')
  expect(await next()).toBe('data:\n\n')

  await code2Session(simulator, { js_code: 'unknown' })
  expect(await next()).toBe('data:\n\n')
  await simulator.control.createPerson({ name: 'alice' })
  expect(await next()).toBe('data:\n\n')
  await reader?.cancel()
})

it('has every element and word that its script asks for, in both languages', async () => {
  const read = (name: string) => readFile(new URL(`../page/${name}`, import.meta.url), 'utf8')
  const html = await read('index.html')
  const modules = ['elements.js', 'rows.js', 'page.js'].map(read)
  const script = (await Promise.all(modules)).join('\n')
  const { words } = JSON.parse(await read('data.json')) as {
    words: Record<string, Record<string, string>>
  }
  const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name)
  const ids = all(html, /id="([\w-]+)"/g)
  const used = [
    ...all(script, /words\.(\w+)/g),
    ...all(html, /data-(?:t|label|placeholder)="(\w+)"/g),
  ]

  expect(all(script, /find\('([\w-]+)'\)/g).filter((id) => !ids.includes(id))).toEqual([])
  for (const language of ['en', 'zh']) {
    const known = Object.keys(words[language] ?? {})
    expect(used.filter((word) => !known.includes(String(word)))).toEqual([])
    expect(known.filter((word) => !used.includes(word))).toEqual([])
  }
})
