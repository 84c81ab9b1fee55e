import { expect, it } from 'vitest'
import { ERRCODES } from './index.ts'

const HEAD = `# errcodes

Every errcode that this client knows by name. Kept by \`npx vitest run --project wechat -u\`.

| errcode | reason | whose | retry | meaning | operator |
| --- | --- | --- | --- | --- | --- |
`

it('ERRCODES.md lists the whole catalogue', async () => {
  const rows = Object.entries(ERRCODES)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([errcode, { reason, fault, retry, en, zh, operator }]) => {
      const duty = operator ? `${operator.en}<br>${operator.zh}` : ''
      return `| ${errcode} | \`${reason}\` | ${fault} | ${retry} | ${en}<br>${zh} | ${duty} |\n`
    })

  await expect(HEAD + rows.join('')).toMatchFileSnapshot('../../ERRCODES.md')
})
