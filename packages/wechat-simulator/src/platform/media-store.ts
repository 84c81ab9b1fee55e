import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

export interface Media {
  readonly appid: string
  readonly contentType: string
  readonly body: Buffer
  readonly expiresAt: number
}

/** Temporary files: kept for three days, and as long as there is room. */
export interface MediaStore {
  put: (file: Pick<Media, 'appid' | 'contentType' | 'body'>) => string
  get: (mediaId: string) => Media | undefined
}

const ROOM = 64 * 1024 * 1024

export const createMediaStore = (clock: Clock, settings: () => Settings): MediaStore => {
  const files = new Map<string, Media>()
  let size = 0

  const makeRoom = () => {
    for (const [mediaId, { body, expiresAt }] of files) {
      if (size <= ROOM && expiresAt > clock.now()) return
      size -= body.length
      files.delete(mediaId)
    }
  }

  return {
    put: (file) => {
      const mediaId = randomBytes(48).toString('base64url')
      files.set(mediaId, { ...file, expiresAt: clock.now() + settings().mediaTtlMs })
      size += file.body.length
      makeRoom()

      return mediaId
    },
    get: (mediaId) => {
      const media = files.get(mediaId)
      return media && media.expiresAt > clock.now() ? media : undefined
    },
  }
}
