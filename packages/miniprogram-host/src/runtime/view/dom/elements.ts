import type { glassEasel } from 'glass-easel-miniprogram-adapter'

type Child = Node | string | null | false | undefined

/** Creates an element; children that are neither nodes nor strings are skipped. */
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

/** The app's icon and name at the top of a sheet. */
export const appMark = (projectName: string): HTMLElement =>
  h(
    'header',
    '',
    {},
    h('i', 'mph-app-mark', {}, projectName.slice(0, 1).toUpperCase()),
    projectName,
  )

/** The DOM element of a glass-easel element; null if it has none. */
export const elementOf = (element: glassEasel.Element): HTMLElement | null =>
  (element.getBackendElement() as unknown as HTMLElement | null) ?? null
