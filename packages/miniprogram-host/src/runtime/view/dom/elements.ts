import type { glassEasel } from 'glass-easel-miniprogram-adapter'

type Child = Node | string | null | false | undefined

/** A DOM element with a class, properties and children; false and null children are left out. */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  if (className !== '') element.className = className
  Object.assign(element, properties)
  element.append(...children.filter((child) => child instanceof Node || typeof child === 'string'))
  return element
}

/** Who asks, at the head of a sheet. */
export const appMark = (projectName: string): HTMLElement =>
  h(
    'header',
    '',
    {},
    h('i', 'mph-app-mark', {}, projectName.slice(0, 1).toUpperCase()),
    projectName,
  )

/** The DOM element that glass-easel made for an element. */
export const elementOf = (element: glassEasel.Element): HTMLElement | null =>
  (element.getBackendElement() as unknown as HTMLElement | null) ?? null
