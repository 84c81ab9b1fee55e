import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { inspectScreen } from './support/inspect-screen.ts'
import { PROJECT } from './support/project.ts'
import { tour } from './support/tour.ts'
import { useWorld } from './support/world.ts'

const FOLDER = fileURLToPath(new URL('../../../artifacts/screenshots', import.meta.url))
const NORMAL = 16
/** The largest that the layout is made for: 1.75 of the normal size. */
const LARGEST = 28

const LOOKS = (['zh_CN', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [
    [theme, 'normal', language, NORMAL] as const,
    [theme, 'largest', language, LARGEST] as const,
  ]),
)

/** Without drawing, the themes and fonts do not differ. */
const SHOWN = process.env.MP_TARGET === 'headless-chromium' ? LOOKS : LOOKS.slice(-1)

interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: { root: string; pages: string[] }[]
}

const allPages = async (): Promise<string[]> => {
  const readJson = async (...path: string[]): Promise<unknown> =>
    JSON.parse(await readFile(join(PROJECT, ...path), 'utf8'))
  const { miniprogramRoot } = (await readJson('project.config.json')) as { miniprogramRoot: string }
  const app = (await readJson(miniprogramRoot, 'app.json')) as AppJson
  const { pages, subPackages = [], subpackages = [] } = app
  const inPackages = [...subPackages, ...subpackages].flatMap(({ root, pages: inside }) =>
    inside.map((page) => join(root, page)),
  )

  return [...pages, ...inPackages].sort()
}

/** A hundred screens, on a machine that does something else as well. */
const TOUR_MS = 180_000

/** On a target that draws, saves a picture of every page in artifacts/screenshots. */
describe('every page', () => {
  const world = useWorld()

  it.each(SHOWN)(
    'shows itself in %s with the %s font in %s: readable, tappable, spoken and whole',
    async (theme, font, language, fontSizeSetting) => {
      const { phone } = world
      const seen = new Set<string>()
      const faults: string[] = []
      const look = async (name: string) => {
        seen.add(await phone.path())
        if (!phone.canDraw) return
        await phone.program().callWxMethod('hideToast')
        const found = (await phone.program().evaluate(inspectScreen)) as string[]
        faults.push(...found.map((fault) => `${name}: ${fault}`))
        await mkdir(FOLDER, { recursive: true })
        const path = `${FOLDER}/${name}-${theme}-${font}-${language.slice(0, 2)}.png`
        await phone.program().screenshot({ path })
      }
      await world.restart({ theme, fontSizeSetting, systemInfo: { language } })
      if (phone.canClose) {
        const style = await (await phone.find('.page')).attribute('style')
        expect(style).toContain(`--scale: ${fontSizeSetting / NORMAL}`)
      }
      await tour(world, look)

      expect(faults).toEqual([])
      expect([...seen].sort(), 'pages that the tour stops at').toEqual(await allPages())
    },
    TOUR_MS,
  )
})
