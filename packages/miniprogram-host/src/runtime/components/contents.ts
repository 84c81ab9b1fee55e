import type { RouteMethod } from '../router/routes.ts'
import { fire } from './component-events.ts'
import type { BuiltinDefinition } from './definition.ts'
import { dataOf } from './tree.ts'

const ROUTES: Record<string, RouteMethod> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
}

export const CONTENTS: Record<string, BuiltinDefinition> = {
  text: {
    properties: {
      selectable: false,
      userSelect: false,
      space: '',
      decode: false,
      overflow: 'visible',
      maxLines: 0,
    },
  },
  icon: { properties: { type: '', size: 23, color: '' } },
  progress: {
    properties: {
      percent: 0,
      showInfo: false,
      strokeWidth: 6,
      color: '#09BB07',
      activeColor: '#09BB07',
      backgroundColor: '#EBEBEB',
      active: false,
    },
  },
  'rich-text': { properties: { nodes: null, space: '', userSelect: false } },
  image: {
    properties: {
      src: '',
      mode: 'scaleToFill',
      webp: false,
      lazyLoad: false,
      showMenuByLongpress: false,
    },
  },
  'cover-image': { properties: { src: '' } },
  navigator: {
    properties: {
      target: 'self',
      url: '',
      openType: 'navigate',
      delta: 1,
      appId: '',
      path: '',
      version: 'release',
      hoverClass: 'navigator-hover',
    },
    onTap(navigator, runtime) {
      const { openType, url, delta, target } = dataOf(navigator)
      const method = ROUTES[String(openType)]
      if (target === 'miniProgram' || !method) {
        const what = target === 'miniProgram' ? 'target="miniProgram"' : `open-type="${openType}"`
        runtime.warn(`navigator ${what} is not supported and does nothing`)
        fire(navigator, 'fail', { errMsg: 'navigator:fail not supported by miniprogram-host' })
        return
      }
      runtime.router.route(method, { url, delta }).then(
        () => fire(navigator, 'success', { errMsg: `${method}:ok` }),
        (failure: { reason?: string }) =>
          fire(navigator, 'fail', { errMsg: `${method}:fail ${failure.reason}` }),
      )
    },
  },
  picker: {
    properties: {
      mode: 'selector',
      disabled: false,
      range: null,
      rangeKey: '',
      value: null,
      start: '',
      end: '',
      fields: 'day',
      customItem: '',
      headerText: '',
      name: '',
      level: 'region',
    },
    onTap(picker, runtime) {
      if (dataOf(picker).disabled) return
      const { mode, range, rangeKey, value, start, end, headerText } = dataOf(picker)
      void runtime.ui
        .ask<{ value: unknown } | false>('picker', {
          mode,
          range,
          rangeKey,
          value,
          start,
          end,
          headerText,
        })
        .then((answer) => {
          if (!answer) return fire(picker, 'cancel', {})
          picker.setData({ value: answer.value })
          fire(picker, 'change', { value: answer.value })
        })
    },
  },
  'picker-view': {
    properties: {
      value: null,
      maskClass: '',
      indicatorStyle: '',
      indicatorClass: '',
      maskStyle: '',
      immediateChange: false,
    },
  },
  'picker-view-column': { properties: {} },
  canvas: { properties: { type: '', canvasId: '', disableScroll: false } },
  video: {
    properties: {
      src: '',
      poster: '',
      autoplay: false,
      controls: true,
      loop: false,
      muted: false,
      objectFit: 'contain',
    },
  },
  'web-view': { properties: { src: '' } },
  map: { properties: { longitude: null, latitude: null, scale: 16 } },
  camera: { properties: { mode: 'normal', devicePosition: 'back', flash: 'auto' } },
  'open-data': { properties: { type: '', openGid: '', lang: 'en' } },
  'official-account': { properties: {} },
  'page-meta': {
    properties: {
      backgroundTextStyle: '',
      backgroundColor: '',
      rootFontSize: '',
      pageStyle: '',
      pageFontSize: '',
      scrollTop: '',
    },
  },
  'navigation-bar': {
    properties: {
      title: '',
      loading: false,
      frontColor: '',
      backgroundColor: '',
      colorAnimationDuration: 0,
    },
  },
  audio: { properties: { src: '', controls: false, name: '', author: '', poster: '' } },
  editor: { properties: { readOnly: false, placeholder: '' } },
  'live-player': { properties: { src: '', mode: 'live', autoplay: false } },
  'live-pusher': { properties: { url: '', mode: 'RTC', autopush: false } },
  'voip-room': { properties: { openid: '', mode: 'camera' } },
  'channel-live': { properties: { feedId: '', finderUserName: '' } },
  'channel-video': { properties: { feedId: '', finderUserName: '', feedToken: '' } },
  'ad-custom': { properties: { unitId: '', adIntervals: null } },
  'functional-page-navigator': { properties: { name: '', version: 'release', args: null } },
  'keyboard-accessory': { properties: {} },
  ad: { properties: { unitId: '' } },
}
