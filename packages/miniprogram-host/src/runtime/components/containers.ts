import { fire } from './component-events.ts'
import type { BuiltinDefinition } from './definition.ts'
import { childrenOf, dataOf } from './tree.ts'

const HOVER = {
  hoverClass: 'none',
  hoverStopPropagation: false,
  hoverStartTime: 50,
  hoverStayTime: 400,
}

export const CONTAINERS: Record<string, BuiltinDefinition> = {
  view: { properties: HOVER },
  'cover-view': { properties: { scrollTop: null } },
  'root-portal': { properties: { enable: true } },
  'page-container': {
    properties: {
      show: false,
      duration: 300,
      zIndex: 100,
      overlay: true,
      position: 'bottom',
      round: false,
      closeOnSlideDown: false,
      overlayStyle: '',
      customStyle: '',
    },
  },
  'share-element': { properties: { mapkey: '', transform: false } },
  'open-container': { properties: {} },
  'sticky-header': { properties: { offsetTop: null } },
  'sticky-section': { properties: { pushPinnedHeader: true } },
  'list-view': { properties: { padding: null } },
  'grid-view': {
    properties: { type: 'aligned', crossAxisCount: 2, mainAxisGap: 0, crossAxisGap: 0 },
  },
  'nested-scroll-header': { properties: {} },
  'nested-scroll-body': { properties: {} },
  'draggable-sheet': { properties: { initialChildSize: 0.5, minChildSize: 0.25, maxChildSize: 1 } },
  snapshot: { properties: { mode: 'view' } },
  span: { properties: {} },
  'match-media': {
    properties: {
      minWidth: null,
      maxWidth: null,
      width: null,
      minHeight: null,
      maxHeight: null,
      height: null,
      orientation: '',
    },
  },
  'movable-area': { properties: { scaleArea: false } },
  'movable-view': {
    properties: {
      direction: 'none',
      inertia: false,
      outOfBounds: false,
      x: null,
      y: null,
      damping: 20,
      friction: 2,
      disabled: false,
      scale: false,
      scaleMin: 0.5,
      scaleMax: 10,
      scaleValue: 1,
      animation: true,
    },
    functions: {
      moveTo(view, _runtime, x, y) {
        view.setData({ x, y })
        fire(view, 'change', { x, y, source: 'touch' })
      },
    },
  },
  'scroll-view': {
    properties: {
      scrollX: false,
      scrollY: false,
      upperThreshold: 50,
      lowerThreshold: 50,
      scrollTop: null,
      scrollLeft: null,
      scrollIntoView: '',
      scrollWithAnimation: false,
      enableBackToTop: false,
      enablePassive: false,
      enableFlex: false,
      scrollAnchoring: false,
      refresherEnabled: false,
      refresherThreshold: 45,
      refresherDefaultStyle: 'black',
      refresherBackground: '#FFF',
      refresherTriggered: false,
      enhanced: false,
      bounces: true,
      showScrollbar: true,
      pagingEnabled: false,
      fastDeceleration: false,
      type: 'list',
    },
    functions: {
      scrollTo(view, _runtime, x, y) {
        view.setData({ scrollLeft: x, scrollTop: y })
        fire(view, 'scroll', {
          scrollLeft: x,
          scrollTop: y,
          scrollHeight: 0,
          scrollWidth: 0,
          deltaX: 0,
          deltaY: 0,
        })
      },
      scrollTop: (view) => dataOf(view).scrollTop ?? 0,
      scrollLeft: (view) => dataOf(view).scrollLeft ?? 0,
      scrollWidth: (view, runtime) => runtime.environment.view.domProperty(view, 'scrollWidth'),
      scrollHeight: (view, runtime) => runtime.environment.view.domProperty(view, 'scrollHeight'),
    },
  },
  swiper: {
    properties: {
      indicatorDots: false,
      indicatorColor: 'rgba(0, 0, 0, .3)',
      indicatorActiveColor: '#000000',
      autoplay: false,
      current: 0,
      interval: 5000,
      duration: 500,
      circular: false,
      vertical: false,
      previousMargin: '0px',
      nextMargin: '0px',
      snapToEdge: false,
      displayMultipleItems: 1,
      easingFunction: 'default',
      currentItemId: '',
    },
    functions: { swipeTo: (swiper, _runtime, index) => swipeTo(swiper, Number(index), 'touch') },
  },
  'swiper-item': { properties: { itemId: '', skipHiddenItemLayout: false } },
}

/** Moves a swiper to one of its items and fires its events. */
export const swipeTo = (
  swiper: Parameters<typeof dataOf>[0],
  index: number,
  source: 'touch' | 'autoplay' | '',
): void => {
  const items = childrenOf(swiper)
  if (index < 0 || index >= items.length || dataOf(swiper).current === index) return
  const item = items[index]?.asGeneralComponent()
  const currentItemId = item ? String(dataOf(item).itemId ?? '') : ''
  swiper.setData({ current: index, currentItemId })
  fire(swiper, 'change', { current: index, currentItemId, source })
  fire(swiper, 'animationfinish', { current: index, currentItemId, source })
}
