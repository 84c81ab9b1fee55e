import type { HostBindings } from '../host-bindings.ts'
import { createRecordingContext } from './recording-context.ts'

/** The `<canvas>` of a view that draws. */
export interface Surface {
  canvas: HTMLCanvasElement
  /** The URL for the browser of an image in the app. */
  urlOf(source: string): string
}

/** WeChat's canvas node: what `node()` of a selector query gives. */
export interface CanvasNode {
  width: number
  height: number
  getContext(type: string): unknown
  createImage(): unknown
  toDataURL(type?: string, quality?: number): string
  [method: string]: unknown
}

type Clock = Pick<HostBindings, 'setTimeout' | 'clearTimeout'>

const FRAME_MILLISECONDS = 16
/** A transparent picture of one pixel. */
const BLANK =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** `surface` is null in a view that draws nothing; the node records then. */
export const createCanvasNode = (
  surface: Surface | null,
  size: { width: number; height: number },
  clock: Clock,
): CanvasNode => {
  const shared = {
    requestAnimationFrame: (task: (time: number) => void) =>
      clock.setTimeout(() => task(Date.now()), FRAME_MILLISECONDS),
    cancelAnimationFrame: (id: number) => clock.clearTimeout(id),
  }
  return surface ? drawn(surface, shared) : recorded(size, clock, shared)
}

const drawn = ({ canvas, urlOf }: Surface, shared: object): CanvasNode => ({
  ...shared,
  get width() {
    return canvas.width
  },
  set width(width: number) {
    canvas.width = width
  },
  get height() {
    return canvas.height
  },
  set height(height: number) {
    canvas.height = height
  },
  getContext: (type) => canvas.getContext(type),
  createImage: () => imageOf(urlOf),
  createPath2D: (path?: string | Path2D) => new Path2D(path),
  createImageData: (width: number, height: number) => new ImageData(width, height),
  toDataURL: (type, quality) => canvas.toDataURL(type, quality),
})

/** An image whose `src` is a path of the app. */
const imageOf = (urlOf: Surface['urlOf']): HTMLImageElement => {
  const image = new Image()
  Object.defineProperty(image, 'src', {
    get: () => image.getAttribute('src') ?? '',
    set: (source: unknown) => image.setAttribute('src', urlOf(String(source))),
  })
  return image
}

const recorded = (
  { width, height }: { width: number; height: number },
  clock: Clock,
  shared: object,
): CanvasNode => {
  const contexts = new Map<string, unknown>()
  const node: CanvasNode = {
    ...shared,
    width,
    height,
    getContext(type) {
      const context = contexts.get(type) ?? createRecordingContext({ canvas: node })
      contexts.set(type, context)
      return context
    },
    createImage: () => loadedImage(clock),
    createPath2D: () => createRecordingContext(),
    createImageData: (wide: number, high: number) => ({
      width: wide,
      height: high,
      data: new Uint8ClampedArray(wide * high * 4),
    }),
    toDataURL: () => BLANK,
  }
  return node
}

/** An image that is loaded, without size, as soon as it has a source. */
const loadedImage = (clock: Clock): Record<string, unknown> => {
  const image: Record<string, unknown> = { width: 0, height: 0, onload: null, onerror: null }
  let source = ''
  Object.defineProperty(image, 'src', {
    enumerable: true,
    get: () => source,
    set(given: unknown) {
      source = String(given)
      clock.setTimeout(() => {
        if (typeof image.onload === 'function') image.onload({})
      }, 0)
    },
  })
  return image
}
