/** The conditions of a compound selector on one element. */
export interface Compound {
  tag: string | null
  id: string | null
  classes: string[]
  attributes: { name: string; operator: string; value: string | null }[]
  /** 1-based positions among siblings, from :first-child and :nth-child(n); -1 is the last. */
  positions: number[]
}

/** `' '` a descendant, `>` a child, `>>>` a descendant including those inside components. */
export type Combinator = ' ' | '>' | '>>>'

export interface Step {
  combinator: Combinator
  compound: Compound
}

const COMPOUND =
  /([A-Za-z][\w-]*|\*)|#([\w-]+)|\.([\w-]+)|\[\s*([\w-]+)\s*(?:([~^$*|]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\]\s]+))\s*)?\]|:(first-child|last-child|nth-child\(\s*(\d+)\s*\))/y

/** Parses a selector list; throws on syntax that mini-program selectors lack. */
export const parseSelector = (selector: string): Step[][] =>
  splitOutsideBrackets(selector, ',').map((part) => parseSteps(part.trim(), selector))

const parseSteps = (text: string, selector: string): Step[] => {
  const tokens = splitOutsideBrackets(text.replace(/\s*(>>>|>)\s*/g, ' $1 '), ' ').filter(Boolean)
  const steps: Step[] = []
  let combinator: Combinator = ' '
  for (const token of tokens) {
    if (token === '>' || token === '>>>') combinator = token
    else {
      steps.push({ combinator, compound: parseCompound(token, selector) })
      combinator = ' '
    }
  }
  if (steps.length === 0) throw new Error(`unsupported selector: ${selector}`)
  return steps
}

const parseCompound = (token: string, selector: string): Compound => {
  const compound: Compound = { tag: null, id: null, classes: [], attributes: [], positions: [] }
  COMPOUND.lastIndex = 0
  while (COMPOUND.lastIndex < token.length) {
    const match = COMPOUND.exec(token)
    if (!match) throw new Error(`unsupported selector: ${selector}`)
    const [, tag, id, className, attribute, operator, double, single, bare, position, nth] = match
    if (tag !== undefined) compound.tag = tag === '*' ? null : tag
    else if (id !== undefined) compound.id = id
    else if (className !== undefined) compound.classes.push(className)
    else if (attribute !== undefined) {
      const value = operator === undefined ? null : (double ?? single ?? bare ?? '')
      compound.attributes.push({ name: attribute, operator: operator ?? '', value })
    } else if (position === 'last-child') compound.positions.push(-1)
    else compound.positions.push(nth === undefined ? 1 : Number(nth))
  }
  return compound
}

const splitOutsideBrackets = (text: string, separator: string): string[] => {
  const parts: string[] = ['']
  let depth = 0
  for (const char of text) {
    if (char === '[' || char === '(') depth += 1
    if (char === ']' || char === ')') depth -= 1
    if (char === separator && depth === 0) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts
}
