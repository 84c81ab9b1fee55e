import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { PEERS } from '../../peers/peers.ts'
import { readResilienceCases } from '../../src/resilience/index.ts'

const require = createRequire(import.meta.url)
const page = await readFile(new URL('../../CLIENTS.md', import.meta.url), 'utf8')

it('has a row for every case, and for none that is gone', async () => {
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+\/[a-z0-9-]+)` (.*?) \| /gm)].map(
    ([, id, about]) => ({
      id,
      about,
    }),
  )
  const cases = (await readResilienceCases()).map(({ id, about }) => ({ id, about }))

  expect(rows).toEqual(cases)
})

it('is about the versions that are installed', async () => {
  for (const name of Object.keys(PEERS)) {
    const [peer, version] = name.split(' ')
    expect(page).toContain(name)
    expect(require(`${peer}/package.json`)).toMatchObject({ version })
  }
})
