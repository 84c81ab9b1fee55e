import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { asCustom, tagOf } from '../components/tree.ts'
import type { PageRecord } from '../router/page-record.ts'
import type { AutomationRuntime } from './domain.ts'

type Element = glassEasel.Element
type Params = Record<string, unknown>

/** The SDK's reference to an element; `nodeId` marks a custom component. */
export interface ElementHandle {
  elementId: string
  tagName: string
  nodeId?: string
}

/** Maps the SDK's ids to pages and elements. */
export interface Handles {
  /** The page of `params.pageId`; throws unless it is the current page. */
  page(params: Params): PageRecord
  element(params: Params): Element
  handleOf(element: Element, page: PageRecord): ElementHandle
  count(): number
}

export const createHandles = ({ router }: AutomationRuntime): Handles => {
  const elements = new Map<string, { element: Element; page: PageRecord }>()
  const ids = new WeakMap<Element, string>()
  let lastId = 0
  router.onClosed((page) => {
    for (const [id, known] of elements) if (known.page === page) elements.delete(id)
  })

  const page = ({ pageId }: Params): PageRecord => {
    const found = router.openPages().find((open) => open.id === pageId)
    if (!found) throw new Error('page destroyed')
    if (found !== router.top()) throw new Error('page is not on top of page stack')
    return found
  }
  return {
    page,
    element(params) {
      page(params)
      const known = elements.get(String(params.elementId))
      if (!known || !glassEasel.Element.isAttached(known.element)) {
        throw new Error('no such element')
      }
      return known.element
    },
    handleOf(element, owner) {
      const elementId = ids.get(element) ?? `element-${++lastId}`
      ids.set(element, elementId)
      elements.set(elementId, { element, page: owner })
      const handle = { elementId, tagName: tagOf(element) }
      return asCustom(element) ? { ...handle, nodeId: `node-${elementId}` } : handle
    },
    count: () => elements.size,
  }
}
