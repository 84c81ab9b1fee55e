import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { CanvasNode } from '../canvas/canvas-node.ts'
import { createCanvasNode } from '../canvas/canvas-node.ts'
import { createOldContext } from '../canvas/old-context.ts'
import { asBuiltin } from '../components/definition.ts'
import { composedChildrenOf, dataOf } from '../components/tree.ts'
import { record } from '../plain.ts'
import type { ApiOptions } from './api.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'

/** Canvas contexts and pictures of canvases. The Node backend records and draws nothing. */
export const canvasApi: Area = (runtime, api) => ({
  createCanvasContext: (id: unknown) => {
    const surface = () => {
      const canvas = findCanvas(runtime, String(id))
      return canvas && runtime.environment.view.surface(canvas)
    }
    return createOldContext(surface, runtime.environment, runtime.errors.report)
  },
  createOffscreenCanvas: (given: unknown, ...more: unknown[]) => {
    const { width = 300, height = 150 } =
      typeof given === 'number' ? { width: given, height: more[0] } : record(given)
    const size = { width: Number(width), height: Number(height) }
    const surface = runtime.environment.view.surface(null)
    if (surface) Object.assign(surface.canvas, size)
    return createCanvasNode(surface, size, runtime.environment)
  },
  canvasToTempFilePath: api('canvasToTempFilePath', (options) => {
    const type = options.fileType === 'jpg' ? 'image/jpeg' : 'image/png'
    const url = pictureOf(runtime, options, type)
    const base64 = url.slice(url.indexOf(',') + 1)
    return { tempFilePath: runtime.files.addTemporary(base64, 'png') }
  }),
  canvasGetImageData: api('canvasGetImageData', (options) => {
    const { canvasId, x = 0, y = 0, width, height } = options
    const size = { width: Number(width), height: Number(height) }
    const canvas = findCanvas(runtime, String(canvasId))
    const surface = canvas && runtime.environment.view.surface(canvas)
    const context = surface?.canvas.getContext('2d')
    const data = context
      ? context.getImageData(Number(x), Number(y), size.width, size.height).data
      : new Uint8ClampedArray(size.width * size.height * 4)
    return { ...size, data }
  }),
  canvasPutImageData: api('canvasPutImageData', (options) => {
    const canvas = findCanvas(runtime, String(options.canvasId))
    const surface = canvas && runtime.environment.view.surface(canvas)
    const context = surface?.canvas.getContext('2d')
    if (!context || !(options.data instanceof Uint8ClampedArray)) return
    const pixels = new Uint8ClampedArray(options.data)
    const image = new ImageData(pixels, Number(options.width), Number(options.height))
    context.putImageData(image, Number(options.x ?? 0), Number(options.y ?? 0))
  }),
})

/** The picture of a canvas node, or of the canvas with an id, as a data URL. */
const pictureOf = (runtime: WxRuntime, options: ApiOptions, type: string): string => {
  const quality = typeof options.quality === 'number' ? options.quality : 1
  const given = record(options.canvas) as Partial<CanvasNode>
  if (typeof given.toDataURL === 'function') return given.toDataURL(type, quality)
  const canvas = findCanvas(runtime, String(options.canvasId ?? ''))
  if (!canvas) throw failure('canvas is empty')
  const surface = runtime.environment.view.surface(canvas)
  const size = { width: 0, height: 0 }
  return createCanvasNode(surface, size, runtime.environment).toDataURL(type, quality)
}

/** The canvas with an id on the current page, also inside components. */
const findCanvas = ({ router }: WxRuntime, id: string): glassEasel.GeneralComponent | null => {
  const page = router.top()
  const search = (element: glassEasel.Element): glassEasel.GeneralComponent | null => {
    for (const child of composedChildrenOf(element)) {
      const canvas = asBuiltin(child, 'canvas')
      if (canvas && (dataOf(canvas).canvasId === id || canvas.id === id)) return canvas
      const inside = search(child)
      if (inside) return inside
    }
    return null
  }
  return page ? search(page.component) : null
}
