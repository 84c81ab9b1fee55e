import { TEXTS } from '@oa/api/src/errors/texts.ts'
import { REASONS_EN } from '@oa/miniprogram/miniprogram/i18n/reasons-en.ts'
import { ERRCODES } from '@oa/wechat'
import { describe, expect, it } from 'vitest'
import { ERRNOS } from '../src/errno-list.ts'
import { table } from '../src/markdown.ts'
import { renderPage } from '../src/page.ts'

const [head = '', zh = '', en = ''] = renderPage().split(/^## /m)

describe.each([
  ['Chinese', zh, '运维处理'],
  ['English', en, 'What an operator does'],
])('the %s part of docs/errors.md', (_language, part, operator) => {
  it.each(ERRNOS)('says what %s is and what an operator does', (name, errno) => {
    const [, section = ''] = part.split(`\n#### ${errno} ${name}: `)
    const [body = ''] = section.split('\n#')

    expect(body).toContain(`**${operator}**`)
    for (const text of Object.values(TEXTS[name])) expect(body).toContain(`| ${text} |`)
  })

  it('has one row for each errcode of the catalogue', () => {
    const rows = [...part.matchAll(/^\| (-?\d+) \|/gm)].map(([, errcode]) => Number(errcode))

    expect(rows).toEqual(
      Object.keys(ERRCODES)
        .map(Number)
        .sort((a, b) => a - b),
    )
  })

  it('links to nothing that is not in it', () => {
    const targets = [...part.matchAll(/\]\(#([\w-]+)\)/g)].map(([, target]) => target)

    expect(targets.length).toBeGreaterThan(ERRNOS.length)
    for (const target of new Set(targets)) expect(part).toContain(`<a id="${target}"></a>`)
  })

  it('leaves no place for words empty', () => {
    expect(part).not.toMatch(/undefined|\| {2}\||\*\*(?:: |：)$/m)
  })
})

it('says which command keeps the page', () => {
  expect(head).toContain('pnpm errors:write')
})

it('a | in a text stays in its cell', () => {
  expect(table(['a'], [['one|two']])).toBe('| a |\n| --- |\n| one\\|two |')
})

it('has English for every reason that the server names', () => {
  const named = [
    TEXTS.BAD_VALUE,
    TEXTS.FORBIDDEN,
    TEXTS.NOT_NOW,
    TEXTS.HAS_DUTIES,
    TEXTS.LAST_OWNER,
    TEXTS.ACCOUNT_DISABLED,
  ]
  const reasons = new Set(named.flatMap((texts) => Object.keys(texts)))

  expect(Object.keys(REASONS_EN).sort()).toEqual([...reasons].sort())
  expect(Object.values(REASONS_EN).join()).not.toMatch(/\p{Script=Han}/u)
})
