import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { camelCase, record } from '../plain.ts'
import type { Builtin } from './definition.ts'
import { asBuiltin, builtinTag } from './definition.ts'

type Element = glassEasel.Element

/** Tag of an element as written in WXML. */
export const tagOf = (element: Element): string => {
  const component = element.asGeneralComponent()
  return component ? component.tagName : (element.asNativeNode()?.is ?? '')
}

/** The custom component that an element is, or null. */
export const asCustom = (element: Element): glassEasel.GeneralComponent | null => {
  const component = element.asGeneralComponent()
  return component && builtinTag(component) === null ? component : null
}

/** Children in the same template; `block`, wx:if and wx:for leave no element of their own. */
export const childrenOf = (element: Element): Element[] =>
  element.childNodes.flatMap((node) => {
    const child = node.asElement()
    if (!child) return []
    return child.asVirtualNode() ? childrenOf(child) : [child]
  })

/** An element's descendants in the same template, in document order. */
export const descendantsOf = (element: Element): Element[] =>
  childrenOf(element).flatMap((child) => [child, ...descendantsOf(child)])

/** The nearest ancestor, in the same template or around it, that is the built-in of that tag. */
export const closestBuiltin = (element: Element, tag: string): Builtin | null => {
  for (let parent: Element | null = element.parentNode; parent; parent = parent.parentNode) {
    const found = asBuiltin(parent, tag)
    if (found) return found
    const host = parent.asShadowRoot()?.getHostNode()
    const around = host && closestBuiltin(host, tag)
    if (host) return around ?? null
  }
  return null
}

/** Fields of a component's data, loosely typed because each tag has its own. */
export const dataOf = (component: glassEasel.GeneralComponent): Record<string, unknown> =>
  component.data as Record<string, unknown>

/** Value of an attribute as written in WXML: class, style, id, data-*, or a property. */
export const attributeOf = (element: Element, name: string): unknown => {
  if (name === 'class') return element.class
  if (name === 'style') return element.style
  if (name === 'id') return element.id
  if (name.startsWith('data-')) return record(element.dataset)[camelCase(name.slice(5))]
  const component = element.asGeneralComponent()
  const property = camelCase(name)
  if (component && property in dataOf(component)) return dataOf(component)[property]
  return element.getAttribute(name) ?? undefined
}
