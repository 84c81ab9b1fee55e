import type { Engine, Transaction } from '../infra/database/engine.ts'
import { liveAt } from '../sessions/session-row.ts'
import { UserStatus } from '../users/user.ts'
import type { ProfileChange } from './policy.ts'
import { nextVersion, pictureIdOf, picturePath } from './policy.ts'

export type StoredProfile = NonNullable<Awaited<ReturnType<ProfileStore['find']>>>

/** `stale`: somebody else was first. `refused`: the account is frozen or closed. */
export type EditOutcome = 'stale' | 'refused'

/** A check that is open, as far as it concerns who and what. */
export type OpenCheck = {
  id: number
  userId: number
  kind: 'name' | 'picture'
  subject: string
  attempts: number
  nextAt: Date
}

export type ProfileStore = ReturnType<typeof createProfileStore>

/**
 * Edits are one transaction each, and resolve to the sessions whose user nodes must read anew, or to
 * why nothing was written.
 */
export const createProfileStore = (engine: Engine) => ({
  find: (userId: number) =>
    engine.run((client) =>
      client.wxUser.findUnique({ where: { id: userId }, select: PROFILE_FIELDS }),
    ),

  /** Writes when the profile still is as `version` says, or already is as the edit would make it. */
  edit: (
    userId: number,
    { version, change, now }: { version: Date; change: ProfileChange; now: number },
    openCheck: boolean,
  ): Promise<string[] | EditOutcome> =>
    engine.transact(async (tx) => {
      const updateTime = nextVersion(version, now)
      const { count } = await tx.wxUser.updateMany({
        where: { id: userId, status: UserStatus.active, updateTime: version },
        data: { ...change, profileNotice: null, updateTime },
      })
      if (count === 0) {
        const found = await tx.wxUser.findUniqueOrThrow({
          where: { id: userId },
          select: { status: true, nickName: true, gender: true, birthday: true },
        })
        if (found.status !== UserStatus.active) return 'refused'
        return isMade(found, change) ? [] : 'stale'
      }
      if (change.nickName !== undefined) {
        await tx.contentCheck.deleteMany({ where: { userId, kind: 'name' } })
        if (openCheck) await addCheck(tx, { userId, kind: 'name', subject: change.nickName, now })
      }
      return await liveSessions(tx, userId, now)
    }),

  /** The name of a user who has just been created is yet to be checked. */
  addNameCheck: (userId: number, name: string, now: number) =>
    engine.run((client) => addCheck(client, { userId, kind: 'name', subject: name, now })),

  /** Before its files are written: what is not attached by `expiresAt` is removed again. */
  addPicture: (picture: { id: string; userId: number; createdAt: Date; expiresAt: Date }) =>
    engine.run((client) => client.picture.create({ data: picture })),

  /** Shows the picture, to its owner alone while `pending`; whatever it replaces expires. */
  attachPicture: (
    { id, userId }: { id: string; userId: number },
    { pending, now }: { pending: boolean; now: number },
  ): Promise<string[] | 'refused'> =>
    engine.transact(async (tx) => {
      const shown = pending
        ? { pendingAvatarUrl: picturePath(id) }
        : { avatarUrl: picturePath(id), pendingAvatarUrl: '' }
      const { count } = await tx.wxUser.updateMany({
        where: { id: userId, status: UserStatus.active },
        data: { ...shown, profileNotice: null, updateTime: new Date(now) },
      })
      if (count === 0) return 'refused'
      await tx.picture.update({ where: { id }, data: { expiresAt: null } })
      await expireOthers(tx, userId, now)
      await tx.contentCheck.deleteMany({ where: { userId, kind: 'picture' } })
      if (pending) await addCheck(tx, { userId, kind: 'picture', subject: id, now })
      return await liveSessions(tx, userId, now)
    }),

  /** Acts on a verdict; a name or picture that was replaced meanwhile is not concerned. */
  settle: (
    { id, userId, kind, subject }: OpenCheck,
    { allowed, placeholder, now }: { allowed: boolean; placeholder: string; now: number },
  ): Promise<string[]> =>
    engine.transact(async (tx) => {
      const verdict = { updateTime: new Date(now) }
      if (kind === 'name') {
        if (!allowed) {
          await tx.wxUser.updateMany({
            where: { id: userId, nickName: subject },
            data: { ...verdict, nickName: placeholder, profileNotice: 'name' },
          })
        }
      } else {
        await tx.wxUser.updateMany({
          where: { id: userId, pendingAvatarUrl: picturePath(subject) },
          data: allowed
            ? { ...verdict, avatarUrl: picturePath(subject), pendingAvatarUrl: '' }
            : { ...verdict, pendingAvatarUrl: '', profileNotice: 'picture' },
        })
        await expireOthers(tx, userId, now)
      }
      await tx.contentCheck.deleteMany({ where: { id } })
      return await liveSessions(tx, userId, now)
    }),

  /** Checks that are due, each claimed until `until` so that no other node takes it. */
  claimChecks: async (now: Date, until: Date, limit: number): Promise<OpenCheck[]> => {
    const due = await engine.run((client) =>
      client.contentCheck.findMany({
        where: { nextAt: { lte: now } },
        orderBy: { nextAt: 'asc' },
        take: limit,
      }),
    )
    const claimed: OpenCheck[] = []
    for (const check of due) {
      const { count } = await engine.run((client) =>
        client.contentCheck.updateMany({
          where: { id: check.id, nextAt: check.nextAt },
          data: { nextAt: until },
        }),
      )
      if (count > 0) claimed.push(toOpenCheck({ ...check, nextAt: until }))
    }
    return claimed
  },

  /** Whether a node has claimed the check of a picture, for `until` at most, and asks WeChat. */
  isAsking: async (now: Date, until: Date): Promise<boolean> => {
    const nextAt = { gt: now, lte: until }
    return engine.run(
      async (client) =>
        (await client.contentCheck.findFirst({
          where: { kind: 'picture', nextAt },
          select: { id: true },
        })) !== null,
    )
  },

  /** Null when no check has this id of WeChat's. */
  findCheck: async (traceId: string): Promise<OpenCheck | null> => {
    const check = await engine.run((client) =>
      client.contentCheck.findUnique({ where: { traceId } }),
    )
    return check === null ? null : toOpenCheck(check)
  },

  postponeCheck: (
    { id, attempts }: OpenCheck,
    { nextAt, traceId }: { nextAt: Date; traceId?: string },
  ) =>
    engine.run((client) =>
      client.contentCheck.updateMany({
        where: { id },
        data: { attempts: attempts + 1, nextAt, ...(traceId === undefined ? {} : { traceId }) },
      }),
    ),

  dropCheck: ({ id }: OpenCheck) =>
    engine.run((client) => client.contentCheck.deleteMany({ where: { id } })),

  findExpiredPictures: async (now: Date, limit: number): Promise<string[]> => {
    const found = await engine.run((client) =>
      client.picture.findMany({
        where: { expiresAt: { lte: now } },
        orderBy: { expiresAt: 'asc' },
        take: limit,
        select: { id: true },
      }),
    )
    return found.map(({ id }) => id)
  },

  /** After its files are gone. */
  removePicture: (id: string, now: Date) =>
    engine.run((client) => client.picture.deleteMany({ where: { id, expiresAt: { lte: now } } })),
})

const PROFILE_FIELDS = {
  nickName: true,
  avatarUrl: true,
  pendingAvatarUrl: true,
  gender: true,
  birthday: true,
  profileNotice: true,
  updateTime: true,
} as const

type Editable = { nickName: string; gender: number; birthday: Date | null }

const isMade = (found: Editable, change: ProfileChange) => {
  const wanted: Editable = { ...found, ...change }
  return (
    wanted.nickName === found.nickName &&
    wanted.gender === found.gender &&
    wanted.birthday?.getTime() === found.birthday?.getTime()
  )
}

const addCheck = (
  tx: Pick<Transaction, 'contentCheck'>,
  { userId, kind, subject, now }: Pick<OpenCheck, 'userId' | 'kind' | 'subject'> & { now: number },
) =>
  tx.contentCheck.create({
    data: { userId, kind, subject, createdAt: new Date(now), nextAt: new Date(now) },
  })

/** Pictures of the user that are neither shown nor pending. */
const expireOthers = async (tx: Transaction, userId: number, now: number) => {
  const { avatarUrl, pendingAvatarUrl } = await tx.wxUser.findUniqueOrThrow({
    where: { id: userId },
    select: { avatarUrl: true, pendingAvatarUrl: true },
  })
  const kept = [avatarUrl, pendingAvatarUrl].flatMap((url) => pictureIdOf(url) ?? [])
  await tx.picture.updateMany({
    where: { userId, expiresAt: null, id: { notIn: kept } },
    data: { expiresAt: new Date(now) },
  })
}

const liveSessions = async (tx: Transaction, userId: number, now: number) => {
  const live = await tx.wxSession.findMany({
    where: { userId, ...liveAt(new Date(now)) },
    select: { id: true },
  })
  return live.map(({ id }) => id)
}

type CheckRow = Omit<OpenCheck, 'kind'> & { kind: string }

const toOpenCheck = ({ id, userId, kind, subject, attempts, nextAt }: CheckRow): OpenCheck => ({
  id,
  userId,
  // A CHECK constraint keeps it to these two.
  kind: kind as OpenCheck['kind'],
  subject,
  attempts,
  nextAt,
})
