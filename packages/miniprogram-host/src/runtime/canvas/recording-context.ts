/** One call on a recording context, as `getActions` of WeChat's old contexts gives it. */
export interface Recorded {
  method: string
  data: unknown[]
}

const PROPERTIES: Record<string, unknown> = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  lineDashOffset: 0,
  miterLimit: 10,
  globalAlpha: 1,
  globalCompositeOperation: 'source-over',
  shadowBlur: 0,
  shadowColor: 'rgba(0, 0, 0, 0)',
  shadowOffsetX: 0,
  shadowOffsetY: 0,
  filter: 'none',
  direction: 'ltr',
  imageSmoothingEnabled: true,
  imageSmoothingQuality: 'low',
}

type Context = Record<string, unknown>

/** Answers of methods that return something. */
const ANSWERS: Record<string, (context: Context, ...values: never[]) => unknown> = {
  measureText: (context, text: unknown) => ({ width: textWidth(String(text), context.font) }),
  createLinearGradient: () => gradient(),
  createRadialGradient: () => gradient(),
  createCircularGradient: () => gradient(),
  createConicGradient: () => gradient(),
  createPattern: () => ({}),
  isPointInPath: () => false,
  isPointInStroke: () => false,
  getLineDash: () => [],
  getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
  createImageData: (_context, width: number, height: number) => pixels(width, height),
  getImageData: (_context, _x: number, _y: number, width: number, height: number) =>
    pixels(width, height),
}

/**
 * A 2D context that draws nothing and records its calls. Every method exists, because a missing one
 * would end the app's drawing; what measures gives plausible numbers.
 */
export const createRecordingContext = (own: Context = {}): Context & { recorded: Recorded[] } => {
  const recorded: Recorded[] = []
  const state: Context = { ...PROPERTIES, ...own, recorded }
  return new Proxy(state, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return target[String(key)]
      if (key === 'then' || key === 'toJSON') return undefined
      return (...values: unknown[]) => {
        recorded.push({ method: key, data: values })
        return ANSWERS[key]?.(target, ...(values as never[]))
      }
    },
    set(target, key, value) {
      target[String(key)] = value
      recorded.push({ method: `set ${String(key)}`, data: [value] })
      return true
    },
  }) as Context & { recorded: Recorded[] }
}

/** Chinese characters are as wide as the font is high, others about half of that. */
const textWidth = (text: string, font: unknown): number => {
  const size = Number(/([\d.]+)px/.exec(String(font))?.[1] ?? 10)
  const widths = [...text].map((char) => (char > '\u2e80' ? 1 : 0.5))
  return size * widths.reduce((sum, width) => sum + width, 0)
}

const gradient = () => ({ addColorStop: () => undefined })

const pixels = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8ClampedArray(Math.max(0, Math.floor(width) * Math.floor(height) * 4) || 0),
})
