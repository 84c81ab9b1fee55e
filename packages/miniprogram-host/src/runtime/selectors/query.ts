import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import {
  asCustom,
  attributeOf,
  childrenOf,
  classesOf,
  descendantsOf,
  tagOf,
} from '../components/tree.ts'
import type { Combinator, Compound } from './parse.ts'
import { parseSelector } from './parse.ts'

type Element = glassEasel.Element

/**
 * All elements below `root` that match a selector, in document order. Elements inside a component
 * match only when the component is the root, or with `>>>`.
 */
export const queryAll = (root: Element, selector: string): Element[] => {
  const found = new Set<Element>()
  for (const steps of parseSelector(selector)) {
    let current: Element[] = [root]
    for (const { combinator, compound } of steps) {
      const reached = current.flatMap((element) => reach(element, combinator))
      current = [...new Set(reached.filter((element) => matches(element, compound)))]
    }
    for (const element of current) found.add(element)
  }
  const ordered = deepDescendants(root).filter((element) => found.has(element))
  return ordered
}

const reach = (element: Element, combinator: Combinator): Element[] => {
  if (combinator === '>') return childrenOf(element)
  if (combinator === ' ') return descendantsOf(element)
  return deepDescendants(element)
}

const deepDescendants = (element: Element): Element[] => {
  const shadow = asCustom(element)?.getShadowRoot() as Element | undefined
  const inside = shadow ? childrenOf(shadow) : []
  return [...inside, ...childrenOf(element)].flatMap((child) => [child, ...deepDescendants(child)])
}

const matches = (element: Element, compound: Compound): boolean =>
  (compound.tag === null || tagOf(element) === compound.tag) &&
  (compound.id === null || element.id === compound.id) &&
  hasClasses(element, compound.classes) &&
  compound.attributes.every((attribute) => hasAttribute(element, attribute)) &&
  compound.positions.every((position) => standsAt(element, position))

const hasClasses = (element: Element, classes: string[]): boolean => {
  if (classes.length === 0) return true
  const own = classesOf(element)
  return classes.every((name) => own.includes(name))
}

const hasAttribute = (
  element: Element,
  { name, operator, value }: Compound['attributes'][number],
): boolean => {
  const actual = attributeOf(element, name)
  if (value === null) return actual !== undefined && actual !== null && actual !== false
  const text = String(actual ?? '')
  if (operator === '^=') return text.startsWith(value)
  if (operator === '$=') return text.endsWith(value)
  if (operator === '*=') return text.includes(value)
  if (operator === '~=') return text.split(/\s+/).includes(value)
  return text === value
}

const standsAt = (element: Element, position: number): boolean => {
  let parent: Element | null = element.parentNode
  while (parent?.asVirtualNode() && !parent.asShadowRoot()) parent = parent.parentNode
  const siblings = parent ? childrenOf(parent) : []
  return siblings.at(position < 0 ? position : position - 1) === element
}
