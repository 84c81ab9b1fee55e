import { fire } from '../../components/component-events.ts'
import { swipeTo } from '../../components/containers.ts'
import { childrenOf, dataOf } from '../../components/tree.ts'
import { h } from './elements.ts'
import type { Look } from './look.ts'

/** Scrollable and movable areas. A swiper is a scroll container that snaps to its items. */
export const SCROLL_LOOKS: Record<string, Look> = {
  'scroll-view': {
    attributes: ['scrollX', 'scrollY', 'enableFlex'],
    create(host, component) {
      let last = { left: 0, top: 0 }
      host.addEventListener('scroll', () => {
        const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientHeight } = host
        const moved = { deltaX: last.left - scrollLeft, deltaY: last.top - scrollTop }
        last = { left: scrollLeft, top: scrollTop }
        fire(component, 'scroll', { scrollLeft, scrollTop, scrollWidth, scrollHeight, ...moved })
        const below = scrollHeight - clientHeight - scrollTop
        if (moved.deltaY < 0 && below <= Number(dataOf(component).lowerThreshold)) {
          fire(component, 'scrolltolower', { direction: 'bottom' })
        }
        if (moved.deltaY > 0 && scrollTop <= Number(dataOf(component).upperThreshold)) {
          fire(component, 'scrolltoupper', { direction: 'top' })
        }
      })
    },
    update(host, data) {
      if (typeof data.scrollTop === 'number') host.scrollTop = data.scrollTop
      if (typeof data.scrollLeft === 'number') host.scrollLeft = data.scrollLeft
      const target = String(data.scrollIntoView ?? '')
      if (target !== '')
        host.querySelector(`#${CSS.escape(target)}`)?.scrollIntoView({ block: 'start' })
    },
  },
  swiper: {
    attributes: ['vertical', 'indicatorDots'],
    create(host, component) {
      let settled: ReturnType<typeof setTimeout>
      host.addEventListener('scroll', () => {
        clearTimeout(settled)
        settled = setTimeout(() => swipeTo(component, shownItem(host), 'touch'), 80)
      })
      const timer = setInterval(
        () => {
          const { autoplay, current } = dataOf(component)
          if (!host.isConnected) clearInterval(timer)
          if (!autoplay) return
          const count = childrenOf(component).length
          if (count > 1) swipeTo(component, (Number(current) + 1) % count, 'autoplay')
        },
        Math.max(Number(dataOf(component).interval), 500),
      )
    },
    update(host, data, component) {
      drawDots(host, data, childrenOf(component).length)
      const wanted = Number(data.current)
      if (shownItem(host) === wanted) return
      host.scrollTo({
        left: wanted * host.clientWidth,
        top: wanted * host.clientHeight,
        behavior: 'smooth',
      })
    },
  },
  'movable-view': {
    update(host, data) {
      host.style.transform = `translate(${Number(data.x) || 0}px, ${Number(data.y) || 0}px)`
    },
  },
}

/** Draws the indicator dots over the lower edge; they do not scroll with the items. */
const drawDots = (host: HTMLElement, data: Record<string, unknown>, count: number): void => {
  host.querySelector(':scope > .mph-swiper-dots')?.remove()
  if (data.indicatorDots !== true || count === 0) return
  const dots = Array.from({ length: count }, (_unused, index) => {
    const dot = h('i', '')
    const chosen = index === Number(data.current)
    dot.style.background = String(chosen ? data.indicatorActiveColor : data.indicatorColor)
    return dot
  })
  const row = h('div', '', {}, ...dots)
  Object.assign(row.style, { width: `${host.clientWidth}px`, top: `${host.clientHeight - 20}px` })
  host.prepend(h('div', 'mph-swiper-dots', {}, row))
}

const shownItem = (host: HTMLElement): number =>
  host.getAttribute('vertical') === 'true'
    ? Math.round(host.scrollTop / Math.max(host.clientHeight, 1))
    : Math.round(host.scrollLeft / Math.max(host.clientWidth, 1))
