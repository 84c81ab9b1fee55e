import type { PageRecord } from '../../router/page-record.ts'
import type { Box } from '../view.ts'
import { h } from './elements.ts'

interface Frame {
  frame: HTMLElement
  scroller: HTMLElement
}

/** The scroll containers of the open pages. */
export interface PageFrames {
  /** Creates a page's container; the page replaces the placeholder. */
  add(page: PageRecord, pages: HTMLElement): Frame & { placeholder: HTMLElement }
  remove(page: PageRecord): void
  /** Shows one page's container and hides the others. */
  show(page: PageRecord | null): void
  scrollerOf(page: PageRecord): HTMLElement | undefined
  /** An element's box relative to the page's content, independent of scrolling. */
  boxIn(page: PageRecord | undefined, element: HTMLElement): Box
}

export const createPageFrames = (): PageFrames => {
  const frames = new Map<number, Frame>()
  const scrollerOf = (page: PageRecord) => frames.get(page.id)?.scroller
  return {
    add(page, pages) {
      const frame = make('mph-page-frame')
      const scroller = make('mph-page-scroll')
      const placeholder = make('')
      scroller.append(placeholder)
      frame.append(scroller)
      if (page.faults.length > 0) frame.append(faultsOf(page))
      pages.append(frame)
      frames.set(page.id, { frame, scroller })
      watchScrolling(page, scroller)
      return { frame, scroller, placeholder }
    },
    remove(page) {
      frames.get(page.id)?.frame.remove()
      frames.delete(page.id)
    },
    show(page) {
      for (const [id, { frame }] of frames) frame.hidden = id !== page?.id
    },
    scrollerOf,
    boxIn(page, element) {
      const scroller = page && scrollerOf(page)
      const origin = scroller?.getBoundingClientRect()
      const { left, top, width, height } = element.getBoundingClientRect()
      return {
        left: left - (origin?.left ?? 0) + (scroller?.scrollLeft ?? 0),
        top: top - (origin?.top ?? 0) + (scroller?.scrollTop ?? 0),
        width,
        height,
      }
    },
  }
}

/** Tells the developer on the page itself what is wrong with its files. */
const faultsOf = ({ faults }: PageRecord): HTMLElement =>
  h(
    'details',
    'mph-faults',
    {},
    h('summary', '', {}, `本页有 ${faults.length} 个问题`),
    h('pre', '', {}, faults.join('\n\n')),
  )

const make = (className: string): HTMLElement => {
  const element = document.createElement('div')
  element.className = className
  return element
}

const BOTTOM_DISTANCE = 50

/** Calls the page's onPageScroll and onReachBottom. */
const watchScrolling = (page: PageRecord, scroller: HTMLElement): void => {
  const call = (name: string, ...values: unknown[]) => {
    const method = page.instance[name]
    if (typeof method === 'function') method.apply(page.instance, values)
  }
  let wasAtBottom = false
  scroller.addEventListener('scroll', () => {
    call('onPageScroll', { scrollTop: scroller.scrollTop })
    const below = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop
    const isAtBottom = below <= BOTTOM_DISTANCE
    if (isAtBottom && !wasAtBottom) call('onReachBottom')
    wasAtBottom = isAtBottom
  })
}
