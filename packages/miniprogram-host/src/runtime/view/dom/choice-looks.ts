import { slideTo } from '../../components/choices.ts'
import type { Look } from './look.ts'

/** Check boxes, radio buttons, switches and sliders; all but sliders have a mark before content. */
export const CHOICE_LOOKS: Record<string, Look> = {
  checkbox: mark('checkbox'),
  radio: mark('radio'),
  switch: {
    ...mark('switch'),
    attributes: ['checked', 'disabled', 'type'],
  },
  slider: {
    create(host, component) {
      const range = document.createElement('input')
      range.type = 'range'
      range.addEventListener('input', () => slideTo(component, Number(range.value), false))
      range.addEventListener('change', () => slideTo(component, Number(range.value), true))
      const shown = document.createElement('span')
      host.append(range, shown)
    },
    update(host, data) {
      const range = host.querySelector('input')
      const shown = host.querySelector('span')
      if (!range || !shown) return
      for (const name of ['min', 'max', 'step', 'value'] as const) range[name] = String(data[name])
      range.disabled = data.disabled === true
      const [min, max, value] = [Number(data.min), Number(data.max), Number(data.value)]
      const percent = max > min ? ((value - min) * 100) / (max - min) : 0
      const look = {
        percent: `${percent}%`,
        active: data.activeColor,
        rest: data.backgroundColor,
        block: `${data.blockSize}px`,
        'block-color': data.blockColor,
      }
      for (const [name, text] of Object.entries(look)) {
        range.style.setProperty(`--${name}`, String(text))
      }
      shown.textContent = data.showValue ? String(data.value) : ''
    },
  },
}

function mark(role: string): Look {
  return {
    attributes: ['checked', 'disabled'],
    create(host) {
      const drawn = document.createElement('i')
      drawn.className = `mph-${role}-mark`
      host.prepend(drawn)
      host.setAttribute('role', role)
      host.tabIndex = 0
    },
    update(host, data) {
      host.setAttribute('aria-checked', String(data.checked === true))
      host.querySelector<HTMLElement>('i')?.style.setProperty('--choice', String(data.color))
    },
  }
}
