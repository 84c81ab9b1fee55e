import { randomBytes } from 'node:crypto'
import type { Clock } from '../infra/database/clock.ts'
import type { FirstOwner, FoundingStore } from './founding-sql.ts'
import { hashOfToken, joinPath } from './invitation-token.ts'
import type { PhoneLinks } from './phone-link.ts'
import { OWNER } from './role.ts'
import { readRosterPhone } from './roster-phone.ts'
import type { NewId } from './rows.ts'

const WEEK_MS = 7 * 86_400_000
const TOKEN_BYTES = 16

/** The command cannot be carried out; the text says why. */
export class FoundingRefused extends Error {
  override readonly name = 'FoundingRefused'
}

export type OwnerKey = { openid: string } | { phone: string }

type Deps = {
  appId: string
  store: FoundingStore
  phoneLinks: PhoneLinks
  clock: Clock
  newId: NewId
}

export type Founding = ReturnType<typeof createFounding>

/** What operators do to companies; rejects with `FoundingRefused`. */
export const createFounding = ({ appId, store, phoneLinks, clock, newId }: Deps) => {
  const findUser = async (key: OwnerKey) => {
    if ('openid' in key) {
      const user = await store.findUser({ appId, openid: key.openid })
      if (user === null) throw new FoundingRefused('There is no such person: they sign in first.')
      return user
    }
    return store.findUser({ appId, phone: readPhone(key.phone) })
  }
  const findOrg = async (publicId: string) => {
    const org = await store.find(appId, publicId)
    if (org === null) throw new FoundingRefused('There is no such company that is open.')
    return org
  }
  /** Who has not bound that number yet becomes the owner when they come by the invitation. */
  const expectedOwner = (orgPublicId: string, phone: string, name: string, at: Date) => {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const owner: FirstOwner = {
      publicId: newId(),
      name,
      ...phoneLinks.link(orgPublicId, readPhone(phone)),
      invitation: {
        publicId: newId(),
        tokenHash: hashOfToken(token),
        departmentId: null,
        needsApproval: true,
        maxUses: 1,
        expiresAt: new Date(at.getTime() + WEEK_MS),
        createdBy: null,
        createdAt: at,
      },
    }
    return { owner, path: joinPath(token) }
  }

  return {
    /** `path`: where an owner who is not known yet comes in. */
    async create(
      name: string,
      owner: OwnerKey,
      ownerName?: string,
    ): Promise<{ publicId: string; path: string | null }> {
      const same = await store.findByName(appId, name)
      if (same !== null) {
        throw new FoundingRefused(`There is a company of that name: ${same.publicId}`)
      }
      const user = await findUser(owner)
      const at = new Date(clock.now())
      const org = { publicId: newId(), appId, name, createdAt: at }
      if (user !== null) {
        const named = { publicId: newId(), name: ownerName ?? user.nickName.slice(0, 40) }
        await store.create(org, { ...named, userId: user.id })
        return { publicId: org.publicId, path: null }
      }
      if (ownerName === undefined) {
        throw new FoundingRefused('Nobody has bound that number yet: give their --owner-name.')
      }
      const phone = 'phone' in owner ? owner.phone : ''
      const expected = expectedOwner(org.publicId, phone, ownerName, at)
      await store.create(org, expected.owner)
      return { publicId: org.publicId, path: expected.path }
    },

    async appoint(publicId: string, owner: OwnerKey): Promise<void> {
      const org = await findOrg(publicId)
      const user = await findUser(owner)
      if (user === null) throw new FoundingRefused('Nobody has bound that number.')
      const named = { publicId: newId(), name: user.nickName.slice(0, 40) }
      await store.appoint(org.id, { ...named, userId: user.id, role: OWNER }, new Date(clock.now()))
    },

    async close(publicId: string): Promise<void> {
      const org = await findOrg(publicId)
      await store.close(org, new Date(clock.now()))
    },

    list: () => store.list(appId),
    findOrg,
  }
}

const readPhone = (text: string): string => {
  const phone = readRosterPhone(text)
  if (phone === null) throw new FoundingRefused('--owner-phone is no phone number')
  return phone
}
