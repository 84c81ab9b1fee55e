import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { asCustom, attributeOf, tagOf } from '../components/tree.ts'

type Element = glassEasel.Element

/** The displayed text of an element, including the inside of components and slot content. */
export const textOf = (element: Element): string => shownText(element).trim()

/** The text directly in an element, without that of its children. */
export const ownTextOf = (element: Element): string =>
  element.childNodes
    .map((node) => {
      const virtual = node.asElement()?.asVirtualNode()
      return node.asTextNode()?.textContent ?? (virtual ? ownTextOf(virtual) : '')
    })
    .join('')
    .trim()

const shownText = (node: glassEasel.Node): string => {
  const text = node.asTextNode()
  if (text) return text.textContent
  const element = node.asElement()
  if (!element) return ''
  let out = ''
  element.forEachComposedChild((child) => {
    out += shownText(child)
  })
  return out
}

/** The rendered WXML of an element; the content of a component is its own template. */
export const wxmlOf = (element: Element, outer: boolean): string => {
  const content = (asCustom(element)?.getShadowRoot() as Element | undefined) ?? element
  const inner = innerWxml(content)
  if (!outer) return inner
  const tag = tagOf(element)
  return `<${[tag, ...attributes(element)].join(' ')}>${inner}</${tag}>`
}

const innerWxml = (element: Element): string =>
  element.childNodes
    .map((node) => {
      const text = node.asTextNode()
      if (text) return escapeText(text.textContent)
      const child = node.asElement()
      if (!child) return ''
      return child.asVirtualNode() ? innerWxml(child) : wxmlOf(child, true)
    })
    .join('')

const attributes = (element: Element): string[] => {
  const data = Object.entries(element.dataset ?? {}).map(([name, value]) => [`data-${name}`, value])
  const named = ['id', 'class', 'style'].map((name) => [name, attributeOf(element, name)])
  return [...named, ...data]
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}="${escapeText(String(value)).replace(/"/g, '&quot;')}"`)
}

const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
