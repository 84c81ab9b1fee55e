import { randomBytes } from 'node:crypto'
import type { UpdateProfileRequest } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import {
  accountDisabled,
  BusinessError,
  contentRefused,
  staleProfile,
  tooManyRequests,
  unavailable,
  unlogin,
} from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { PictureStore } from '../infra/picture-store/picture-store.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { SessionWithUser } from '../sessions/session.ts'
import type { User } from '../users/user.ts'
import type { ContentChecks } from './content-checks.ts'
import { isAllowed, isPossibleBirthday, pictureName, toChange } from './policy.ts'
import type { RenderPicture } from './render-picture.ts'
import { PICTURE_SIZES } from './render-picture.ts'
import type { EditOutcome, ProfileStore, StoredProfile } from './sql.ts'

const HOUR_MS = 3_600_000
const EDITS_PER_HOUR = 60
const UPLOADS_PER_HOUR = 20
const ID_BYTES = 16
const RETRY_SECONDS = 5
/** An upload that takes longer was broken off. */
const UPLOAD_MS = 10 * 60_000

type Deps = {
  store: ProfileStore
  pictures: PictureStore
  render: RenderPicture
  /** Null when nothing is checked. */
  checks: ContentChecks | null
  revocations: Revocations
  counter: Counter
  clock: Clock
}

export type Profiles = ReturnType<typeof createProfiles>

/** Name, picture, gender and birthday of the caller. */
export const createProfiles = (deps: Deps) => {
  const { store, pictures, render, checks, revocations, counter, clock } = deps

  const count = async (what: 'edit' | 'upload', { appId, id }: User, max: number) => {
    const { current, ttl } = await counter.increment(`profile:${what}:${appId}:${id}`, HOUR_MS)
    if (current > max) throw tooManyRequests('profile', ttl)
  }
  const read = async ({ user }: SessionWithUser): Promise<StoredProfile> => {
    const found = await store.find(user.id)
    if (found === null) throw unlogin()
    return found
  }
  /** Other nodes read the user anew, as after an erasure. */
  const write = async (
    { user }: SessionWithUser,
    edit: () => Promise<string[] | EditOutcome>,
  ): Promise<void> => {
    let outcome: EditOutcome | null = null
    await revocations.ending(user, async () => {
      const result = await edit()
      if (Array.isArray(result)) return result
      outcome = result
      return null
    })
    if (outcome === 'stale') throw staleProfile()
    if (outcome === 'refused') throw accountDisabled(user.statusReason)
  }

  return {
    read,

    /**
     * Changes what the request names. Rejects with STALE when the profile was changed since the caller
     * read it, and with CONTENT_REFUSED when WeChat refuses the name; without WeChat the name is kept
     * and checked later.
     */
    async edit(
      auth: SessionWithUser,
      { version, ...fields }: UpdateProfileRequest,
    ): Promise<StoredProfile> {
      await count('edit', auth.user, EDITS_PER_HOUR)
      const now = clock.now()
      const { birthday, nickName } = fields
      if (typeof birthday === 'string' && !isPossibleBirthday(birthday, now)) {
        throw new BusinessError(ERRNO.BAD_VALUE, TEXTS.BAD_VALUE.birthday)
      }
      const isNew = nickName !== undefined && nickName !== auth.user.nickName
      const verdict = isNew ? await checks?.judgeName(auth.user, nickName) : undefined
      if (verdict !== undefined && verdict !== 'unknown' && !isAllowed(verdict)) {
        throw contentRefused()
      }
      const edit = { version: new Date(version), change: toChange(fields), now }
      await write(auth, () => store.edit(auth.user.id, edit, verdict === 'unknown'))
      return read(auth)
    },

    /**
     * Takes the picture as the caller's avatar. Until WeChat has judged it only the caller sees it.
     * Rejects with PICTURE_INVALID.
     */
    async setPicture(auth: SessionWithUser, file: Buffer): Promise<StoredProfile> {
      const { user } = auth
      await count('upload', user, UPLOADS_PER_HOUR)
      const sizes = await render(file)
      const now = clock.now()
      const id = randomBytes(ID_BYTES).toString('hex')
      await store.addPicture({
        id,
        userId: user.id,
        createdAt: new Date(now),
        expiresAt: new Date(now + UPLOAD_MS),
      })
      for (const [size, content] of sizes) {
        await unlessDown(pictures.put(pictureName(id, size), content))
      }
      const pending = checks !== null
      await write(auth, () => store.attachPicture({ id, userId: user.id }, { pending, now }))
      if (pending) checks.pictureAdded()
      return read(auth)
    },

    /** The content of a file that this server made; null when there is none. */
    findPicture: (name: string): Promise<Buffer | null> => unlessDown(pictures.get(name)),

    /** Removes the files of pictures that are over; resolves to how many pictures that were. */
    async removeExpired(limit: number): Promise<number> {
      const now = new Date(clock.now())
      const expired = await store.findExpiredPictures(now, limit)
      for (const id of expired) {
        for (const size of PICTURE_SIZES) await pictures.remove(pictureName(id, size))
        await store.removePicture(id, now)
      }
      return expired.length
    },
  }
}

/** A full disk or a bucket out of reach passes; the caller may try again. */
const unlessDown = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call
  } catch (cause) {
    throw unavailable(RETRY_SECONDS, { cause })
  }
}
