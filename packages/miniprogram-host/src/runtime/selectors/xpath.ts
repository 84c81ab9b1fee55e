import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { attributeOf, childrenOf, descendantsOf, tagOf } from '../components/tree.ts'

type Element = glassEasel.Element

/** Reads the texts of an element for XPath: `.` (all) and `text()` (its own). */
export interface TextReader {
  all(element: Element): string
  own(element: Element): string
}
type Predicate = (element: Element, position: number, count: number) => boolean

interface Step {
  deep: boolean
  tag: string
  predicates: Predicate[]
}

const STEP = /^(\/\/|\/)?([\w-]+|\*)((?:\[[^\]]*\])*)/

/**
 * Elements below `root` that match an XPath, in document order: steps with `/` and `//`, tags or
 * `*`, and the predicates `[2]`, `[last()]`, `[@a]`, `[@a="x"]`, `[contains(@a, "x")]`,
 * `[text()="x"]`, `[contains(text(), "x")]`, also joined with `and`.
 */
export const queryXpath = (root: Element, xpath: string, text: TextReader): Element[] => {
  let current: Element[] = [root]
  for (const step of parseSteps(xpath, text)) {
    const found = current.flatMap((element) => {
      const groups = step.deep
        ? [element, ...descendantsOf(element)].map(childrenOf)
        : [childrenOf(element)]
      return groups.flatMap((group) => applyStep(group, step))
    })
    current = [...new Set(found)]
  }
  const chosen = new Set(current)
  return descendantsOf(root).filter((element) => chosen.has(element))
}

/** In XPath, positions count among the siblings of one parent. */
const applyStep = (siblings: Element[], { tag, predicates }: Step): Element[] => {
  let left = siblings.filter((element) => tag === '*' || tagOf(element) === tag)
  for (const predicate of predicates) {
    const { length } = left
    left = left.filter((element, at) => predicate(element, at + 1, length))
  }
  return left
}

const parseSteps = (xpath: string, text: TextReader): Step[] => {
  const steps: Step[] = []
  let rest = xpath.trim()
  while (rest !== '') {
    const [whole, slashes, tag = '*', predicates = ''] = STEP.exec(rest) ?? []
    if (!whole) throw new Error(`unsupported xpath: ${xpath}`)
    // A leading /page or /root refers to the root itself.
    const isRoot = steps.length === 0 && slashes !== '//' && (tag === 'page' || tag === 'root')
    if (!isRoot) {
      const parts = [...predicates.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
      steps.push({
        deep: slashes === '//',
        tag,
        predicates: parts.map((part) => parsePredicate(part, xpath, text)),
      })
    }
    rest = rest.slice(whole.length)
  }
  return steps
}

const parsePredicate = (source: string, xpath: string, text: TextReader): Predicate => {
  const parts = source.split(/\s+and\s+/).map((part) => parseCondition(part.trim(), text))
  if (parts.some((part) => part === null)) throw new Error(`unsupported xpath: ${xpath}`)
  return (...place) => parts.every((part) => part?.(...place))
}

const parseCondition = (condition: string, text: TextReader): Predicate | null => {
  if (/^\d+$/.test(condition)) return (_element, position) => position === Number(condition)
  if (condition === 'last()') return (_element, position, count) => position === count
  const exists = /^@([\w-]+)$/.exec(condition)
  if (exists) return (element) => attributeOf(element, exists[1] ?? '') !== undefined
  const operand = (source: string) => (element: Element) => {
    if (source === '.') return text.all(element)
    if (source === 'text()') return text.own(element)
    return String(attributeOf(element, source.slice(1)) ?? '')
  }
  const equals = /^(@[\w-]+|text\(\)|\.)\s*=\s*(?:"([^"]*)"|'([^']*)')$/.exec(condition)
  if (equals) {
    const read = operand(equals[1] ?? '')
    return (element) => read(element) === (equals[2] ?? equals[3])
  }
  const holds =
    /^(contains|starts-with)\(\s*(@[\w-]+|text\(\)|\.)\s*,\s*(?:"([^"]*)"|'([^']*)')\s*\)$/.exec(
      condition,
    )
  if (!holds) return null
  const read = operand(holds[2] ?? '')
  const part = holds[3] ?? holds[4] ?? ''
  return (element) =>
    holds[1] === 'contains' ? read(element).includes(part) : read(element).startsWith(part)
}
