import { toString as draw } from 'qrcode'
import type { CheckInCodes } from './code.ts'
import { WINDOW_MS, windowStart } from './code.ts'

/** This window and the next ones, so that a slow network shows no gap. */
const SHOWN_WINDOWS = 3

/** A code with its picture, a data URI; to be shown from `from` on, by the server's clock. */
export type ShownCode = { text: string; svg: string; from: Date }
export type CodePictures = ReturnType<typeof createCodePictures>

/** The codes of a meeting as pictures; each is drawn once for all who show it. */
export const createCodePictures = (codes: CheckInCodes) => {
  const drawn = new Map<string, Promise<string>>()

  const pictureOf = (text: string): Promise<string> => {
    const known = drawn.get(text)
    if (known !== undefined) return known
    const picture = draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }).then(
      (svg) => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    )
    drawn.set(text, picture)
    // The oldest was drawn first. Nobody shows this many meetings from one node at once.
    for (const oldest of drawn.keys()) {
      if (drawn.size <= MOST) break
      drawn.delete(oldest)
    }
    return picture
  }

  return {
    next: (meetingId: string, now: number): Promise<ShownCode[]> =>
      Promise.all(
        Array.from({ length: SHOWN_WINDOWS }, async (_, index) => {
          const from = windowStart(now) + index * WINDOW_MS
          const text = codes.draw(meetingId, from)
          return { text, svg: await pictureOf(text), from: new Date(from) }
        }),
      ),
  }
}

const MOST = 300
