import { fire } from '../../components/component-events.ts'
import type { Look } from './look.ts'
import { resourceUrl } from './resources.ts'
import { richTextNodes } from './rich-text.ts'

const IMAGE_FITS: Record<string, string> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  widthFix: 'fill',
  heightFix: 'fill',
}

const ICONS: Record<string, [string, string]> = {
  success: ['✓', '#07c160'],
  success_no_circle: ['✓', '#07c160'],
  info: ['i', '#10aeff'],
  warn: ['!', '#fa5151'],
  waiting: ['…', '#10aeff'],
  cancel: ['×', '#fa5151'],
  download: ['↓', '#07c160'],
  search: ['⌕', '#b2b2b2'],
  clear: ['×', '#b2b2b2'],
}

/** Images, icons, text and other content. */
export const CONTENT_LOOKS: Record<string, Look> = {
  image: {
    attributes: ['mode'],
    create(host, component) {
      const picture = document.createElement('img')
      picture.alt = ''
      picture.draggable = false
      picture.addEventListener('load', () => {
        picture.hidden = false
        fire(component, 'load', { width: picture.naturalWidth, height: picture.naturalHeight })
      })
      picture.addEventListener('error', () => {
        // WeChat leaves the place empty, without a sign of the browser's.
        picture.hidden = true
        if (picture.src !== '') fire(component, 'error', { errMsg: `GET ${picture.src} failed` })
      })
      host.append(picture)
    },
    update(host, data, component, runtime) {
      const picture = host.querySelector('img')
      if (!picture) return
      const url = resourceUrl(String(data.src ?? ''), component, runtime)
      if (picture.getAttribute('src') !== url) {
        if (url === '') picture.removeAttribute('src')
        else picture.src = url
      }
      picture.style.objectFit = IMAGE_FITS[String(data.mode)] ?? 'none'
    },
  },
  icon: {
    update(host, data) {
      const [sign, color] = ICONS[String(data.type)] ?? ['', '#888']
      host.textContent = sign
      host.style.setProperty('--icon-size', `${Number(data.size) || 23}px`)
      host.style.setProperty('--icon-color', String(data.color || color))
    },
  },
  progress: {
    create(host) {
      const bar = document.createElement('i')
      const label = document.createElement('span')
      host.append(bar, label)
    },
    update(host, data) {
      const [bar, label] = host.children
      if (!(bar instanceof HTMLElement) || !label) return
      bar.style.setProperty('--percent', `${Number(data.percent)}%`)
      bar.style.setProperty('--progress', String(data.activeColor ?? data.color))
      bar.style.height = `${Number(data.strokeWidth)}px`
      label.textContent = data.showInfo ? `${Number(data.percent)}%` : ''
    },
  },
  'rich-text': {
    update: (host, data) => host.replaceChildren(...richTextNodes(data.nodes)),
  },
  text: { attributes: ['userSelect', 'space'] },
  video: {
    create: (host) => host.append(document.createElement('video')),
    update(host, data, component, runtime) {
      const video = host.querySelector('video')
      if (!video) return
      const url = resourceUrl(String(data.src ?? ''), component, runtime)
      if (video.getAttribute('src') !== url) video.src = url
      video.controls = data.controls !== false
      video.muted = data.muted === true
    },
  },
  canvas: { create: (host) => host.append(document.createElement('canvas')) },
  'web-view': notDrawn('web-view'),
  map: notDrawn('map'),
  camera: notDrawn('camera'),
  ad: notDrawn('ad'),
  audio: notDrawn('audio'),
  editor: notDrawn('editor'),
  'live-player': notDrawn('live-player'),
  'live-pusher': notDrawn('live-pusher'),
  'voip-room': notDrawn('voip-room'),
  'channel-live': notDrawn('channel-live'),
  'channel-video': notDrawn('channel-video'),
  'ad-custom': notDrawn('ad-custom'),
}

function notDrawn(tag: string): Look {
  return {
    create(host) {
      host.classList.add('mph-not-drawn')
      host.append(`<${tag}> 在 miniprogram-host 中不显示`)
    },
  }
}
