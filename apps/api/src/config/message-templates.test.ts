import { describe, expect, it } from 'vitest'
import { parseTemplates } from './message-templates.ts'

const VOTE = { id: 'T1', fields: { title: 'thing1', time: 'date2' } }

describe('WX_TEMPLATES', () => {
  it('names a template for each kind', () => {
    const text = JSON.stringify({ vote: VOTE, starting: { ...VOTE, id: 'T2' } })

    expect(parseTemplates(text)).toEqual([
      { appId: null, kind: 'vote', ...VOTE },
      { appId: null, kind: 'starting', ...VOTE, id: 'T2' },
    ])
    expect(parseTemplates('{}')).toEqual([])
  })

  it('names them by appid where there are several mini-programs', () => {
    const [one, two] = ['wx1111111111111111', 'wx2222222222222222'] as const

    expect(
      parseTemplates(JSON.stringify({ [one]: { vote: VOTE }, [two]: { vote: VOTE } })),
    ).toEqual([
      { appId: one, kind: 'vote', ...VOTE },
      { appId: two, kind: 'vote', ...VOTE },
    ])
    expect(parseTemplates(JSON.stringify({ [one]: { vote: 'T1' } }))).toContain(`of ${one} must be`)
  })

  it.each([
    ['not JSON', 'must be JSON'],
    ['[]', 'must be JSON'],
    ['null', 'must be JSON'],
    ['{"vote":"T1"}', 'must be JSON'],
    [{ vote: { ...VOTE, secret: 'x' } }, 'must be JSON'],
    [{ vote: { ...VOTE, id: 'a space' } }, 'must be JSON'],
    [{ vote: { ...VOTE, fields: { title: 'thing' } } }, 'must be JSON'],
    [{ toString: VOTE }, 'unknown kind: known are new_device, invited'],
    ['{"__proto__":{"id":"T1","fields":{"title":"thing1"}}}', 'unknown kind'],
    [{ vote: { ...VOTE, fields: {} } }, 'vote: fields must not be empty'],
    [{ vote: { ...VOTE, fields: { place: 'thing1' } } }, 'a message can say title, time'],
    [{ vote: { ...VOTE, fields: { toString: 'thing1' } } }, 'unknown value'],
    [{ vote: { ...VOTE, fields: { title: 'time1' } } }, 'title needs a field of type thing'],
    [{ vote: { ...VOTE, fields: { time: 'thing1' } } }, 'type time or date'],
    [{ vote: { ...VOTE, fields: { title: 'thing1', time: 'thing1' } } }, 'share a field'],
    [{ vote: VOTE, starting: VOTE }, 'one template twice'],
  ])('is refused as %j', (value, problem) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    expect(parseTemplates(text)).toContain(problem)
  })
})
