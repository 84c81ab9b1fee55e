import type { Sharp, SharpOptions } from 'sharp'
import type { BusinessError } from '../errors/business-error.ts'
import { pictureInvalid } from '../errors/business-error.ts'
import { createConcurrencyLimit } from '../infra/concurrency-limit.ts'
import { pictureType } from './picture-type.ts'

/** Side of the square in pixels: for the personal centre, and for lists. */
export const PICTURE_SIZES = [640, 132] as const
export type PictureSize = (typeof PICTURE_SIZES)[number]

/** As many pixels as a phone's camera takes. */
const MAX_PIXELS = 25_000_000
const MAX_SECONDS = 3
/** Each may need some 100 MB for a moment. */
const AT_ONCE = 2
const QUALITY = 82

const OPTIONS: SharpOptions = {
  limitInputPixels: MAX_PIXELS,
  // A phone's pictures have flaws that only cause warnings.
  failOn: 'error',
  sequentialRead: true,
  animated: false,
}

export type RenderPicture = (file: Buffer) => Promise<Map<PictureSize, Buffer>>

/**
 * Decodes a jpeg, png or webp and encodes it anew as webp, so that nothing but its pixels is left:
 * neither metadata nor what stood behind them. Rejects with PICTURE_INVALID.
 */
export const createRenderPicture = (): RenderPicture => {
  const limit = createConcurrencyLimit(AT_ONCE, () => false)
  return (file) => limit(() => render(file))
}

const render = async (file: Buffer) => {
  if (pictureType(file) === null) throw pictureInvalid('type')
  const { default: sharp } = await import('sharp')
  // Uploads hardly ever repeat, and one at a time is enough for each.
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    const [large, small] = PICTURE_SIZES
    const first = await square(sharp(file, OPTIONS).autoOrient(), large)
    return new Map<PictureSize, Buffer>([
      [large, first],
      [small, await square(sharp(first), small)],
    ])
  } catch (error) {
    throw describe(error)
  }
}

const square = (image: Sharp, side: number) =>
  image
    .resize(side, side, { fit: 'cover' })
    .webp({ quality: QUALITY })
    .timeout({ seconds: MAX_SECONDS })
    .toBuffer()

/** The library tells failures apart by their messages alone. */
const describe = (cause: unknown): BusinessError => {
  const message = cause instanceof Error ? cause.message : ''
  if (/pixel limit/.test(message)) return pictureInvalid('tooManyPixels', { cause })
  if (/timeout/.test(message)) return pictureInvalid('tooSlow', { cause })
  return pictureInvalid('unreadable', { cause })
}
