import type { HostBindings } from '../host-bindings.ts'
import type { Surface } from './canvas-node.ts'
import type { Recorded } from './recording-context.ts'
import { createRecordingContext } from './recording-context.ts'

/** Setters of the old context, and the property of a 2D context that each sets. */
const SETTERS: Record<string, string> = {
  setFillStyle: 'fillStyle',
  setStrokeStyle: 'strokeStyle',
  setLineWidth: 'lineWidth',
  setLineCap: 'lineCap',
  setLineJoin: 'lineJoin',
  setMiterLimit: 'miterLimit',
  setGlobalAlpha: 'globalAlpha',
  setTextAlign: 'textAlign',
  setTextBaseline: 'textBaseline',
}

/**
 * The context of wx.createCanvasContext: it records, and `draw` carries the record out on the canvas
 * where there is one.
 * https://developers.weixin.qq.com/miniprogram/dev/api/canvas/CanvasContext.html
 */
export const createOldContext = (
  surface: () => Surface | null,
  clock: Pick<HostBindings, 'setTimeout'>,
  onError: (error: unknown) => void,
): Record<string, unknown> => {
  let carriedOut = Promise.resolve()
  const context = createRecordingContext({
    draw(reserve?: unknown, callback?: unknown) {
      const actions = context.recorded.splice(0)
      const done = typeof callback === 'function' ? callback : reserve
      const drawn = surface()
      carriedOut = carriedOut
        .then(() => (drawn ? carryOut(drawn, actions, reserve === true) : undefined))
        .catch(onError)
      void carriedOut.then(() => {
        if (typeof done === 'function') clock.setTimeout(() => void done({}), 0)
      })
    },
    getActions: () => context.recorded.splice(0),
    clearActions: () => void context.recorded.splice(0),
  })
  return context
}

const carryOut = async (
  { canvas, urlOf }: Surface,
  actions: Recorded[],
  reserve: boolean,
): Promise<void> => {
  const context = canvas.getContext('2d') as unknown as Record<string, unknown> | null
  if (!context) return
  if (!reserve) {
    // Setting the size clears the canvas; the old one has as many pixels as it takes on the page.
    canvas.width = canvas.clientWidth
    canvas.height = canvas.clientHeight
  }
  for (const { method, data } of actions) {
    const property = method.startsWith('set ') ? method.slice(4) : SETTERS[method]
    if (property !== undefined) context[property] = data[0]
    else if (method === 'setFontSize') context.font = `${Number(data[0])}px sans-serif`
    else if (method === 'setShadow') setShadow(context, data)
    else if (method === 'drawImage') await drawImage(context, data, urlOf)
    else if (typeof context[method] === 'function') context[method](...data)
  }
}

const setShadow = (context: Record<string, unknown>, [x, y, blur, color]: unknown[]): void => {
  Object.assign(context, {
    shadowOffsetX: x,
    shadowOffsetY: y,
    shadowBlur: blur,
    shadowColor: color,
  })
}

/** An image that cannot be loaded is left out, as in WeChat. */
const drawImage = async (
  context: Record<string, unknown>,
  [source, ...box]: unknown[],
  urlOf: Surface['urlOf'],
): Promise<void> => {
  const image = new Image()
  image.src = urlOf(String(source))
  const isLoaded = await image.decode().then(
    () => true,
    () => false,
  )
  if (isLoaded && typeof context.drawImage === 'function') context.drawImage(image, ...box)
}
