import { expect, it } from 'vitest'
import type { ErrcodeEntry } from './entry.ts'
import { ERRCODES } from './index.ts'

const HEAD = `# errcodes

Every errcode that this client knows by name. Kept by \`npx vitest run --project wechat -u\`.
`

const sectionOf = (errcode: string, entry: ErrcodeEntry) => {
  const { reason, fault, retry, en, zh, operator } = entry
  const lines = [`${en}; ${zh}`, `whose: ${fault}; retry: ${retry}`]
  if (operator) lines.push(operator.en, operator.zh)

  return `\n## ${errcode} \`${reason}\`\n\n${lines.map((line) => `- ${line}\n`).join('')}`
}

it('ERRCODES.md lists the whole catalogue', async () => {
  const sections = Object.entries(ERRCODES)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([errcode, entry]) => sectionOf(errcode, entry))

  await expect(HEAD + sections.join('')).toMatchFileSnapshot('../../ERRCODES.md')
})
