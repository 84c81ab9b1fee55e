import { expect, it, vi } from 'vitest'
import { ending } from './support/source'
import { start } from './support/start'

/**
 * Names of the texts that `load` reads before any function of the mini-program runs. Such a text
 * stays in the old language when the user chooses another one: `const { home } = messages` may be
 * kept, `home.title` is to be read when it is shown.
 */
const readWhile = async (load: () => Promise<unknown>): Promise<string[]> => {
  await start()
  // Every file loads anew, those that `start` loads included.
  vi.resetModules()
  const { messages } = await import('../miniprogram/i18n/index')
  const read: string[] = []
  for (const [group, texts] of Object.entries<Record<string, string>>(messages)) {
    for (const [key, text] of Object.entries(texts)) {
      const get = () => {
        read.push(`${group}.${key}`)
        return text
      }
      Object.defineProperty(texts, key, { get, configurable: true, enumerable: true })
    }
  }
  await load()

  return read
}

it.each(ending('.ts').filter((path) => !path.startsWith('i18n/')))(
  '%s reads no text while it loads',
  async (path) => {
    const file = new URL(`../miniprogram/${path}`, import.meta.url).pathname

    expect(await readWhile(() => import(/* @vite-ignore */ file))).toEqual([])
  },
)

it('notices a text that is read while a file loads', async () => {
  const load = async () => {
    const { messages } = await import('../miniprogram/i18n/index')
    const { home } = messages
    return { t: home, title: home.signIn }
  }

  expect(await readWhile(load)).toEqual(['home.signIn'])
})
