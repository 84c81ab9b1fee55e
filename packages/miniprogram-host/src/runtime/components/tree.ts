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

/** An element as a custom component, or null. */
export const asCustom = (element: Element): glassEasel.GeneralComponent | null => {
  const component = element.asGeneralComponent()
  return component && builtinTag(component) === null ? component : null
}

/** Children in the same template; `block`, wx:if and wx:for have no element of their own. */
export const childrenOf = (element: Element): Element[] =>
  element.childNodes.flatMap((node) => {
    const child = node.asElement()
    if (!child) return []
    return child.asVirtualNode() ? childrenOf(child) : [child]
  })

/** An element's descendants in the same template, in document order. */
export const descendantsOf = (element: Element): Element[] =>
  childrenOf(element).flatMap((child) => [child, ...descendantsOf(child)])

/** The nearest enclosing built-in component with a tag, through components and their slots. */
export const closestBuiltin = (element: Element, tag: string): Builtin | null => {
  for (let parent = element.getComposedParent(); parent; parent = parent.getComposedParent()) {
    const found = asBuiltin(parent, tag)
    if (found) return found
  }
  return null
}

/** Whether an element is `outer` or inside it, through components and their slots. */
export const isWithin = (element: Element, outer: Element): boolean => {
  for (let at: Element | null = element; at; at = at.getComposedParent()) {
    if (at === outer) return true
  }
  return false
}

/** Children as rendered: a component's own template with its slot content. */
export const composedChildrenOf = (element: Element): Element[] => {
  const children: Element[] = []
  element.forEachComposedChild((node) => {
    const child = node.asElement()
    if (child) children.push(child)
  })
  return children
}

/** A component's data, loosely typed because each tag has its own fields. */
export const dataOf = (component: glassEasel.GeneralComponent): Record<string, unknown> =>
  component.data as Record<string, unknown>

/** Class names of an element, with external classes resolved to those passed to the component. */
export const classesOf = (element: Element): string[] => {
  const names = (element.class ?? '').split(/\s+/).filter(Boolean)
  const external = element.ownerShadowRoot?.getHostNode().getExternalClasses() ?? {}
  return names.flatMap((name) => (name in external ? (external[name] ?? []) : [name]))
}

/** Value of an attribute as written in WXML: class, style, id, data-*, or a property. */
export const attributeOf = (element: Element, name: string): unknown => {
  if (name === 'class') return classesOf(element).join(' ')
  if (name === 'style') return element.style
  if (name === 'id') return element.id
  if (name.startsWith('data-')) return record(element.dataset)[camelCase(name.slice(5))]
  const component = element.asGeneralComponent()
  const property = camelCase(name)
  if (component && property in dataOf(component)) return dataOf(component)[property]
  return element.getAttribute(name) ?? undefined
}
