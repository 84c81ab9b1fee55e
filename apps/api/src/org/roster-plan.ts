import { MemberStatus } from './membership.ts'
import type { PhoneLinks } from './phone-link.ts'
import type { RosterLine } from './roster-file.ts'
import type { Known, RosterAction, RosterFields } from './roster-sql.ts'

type Context = {
  orgPublicId: string
  phoneLinks: PhoneLinks
  known: readonly Known[]
  departmentIds: ReadonlyMap<string, number>
  newId: () => string
  now: Date
}

/** What an import has to write so that the company is as the roster says; nothing for who is so already. */
export const planRoster = (
  people: readonly RosterLine[],
  { orgPublicId, phoneLinks, known, departmentIds, newId, now }: Context,
): { actions: RosterAction[]; added: number; changed: number } => {
  const byHash = new Map(known.map((member) => [member.phoneHash, member]))
  const byPhone = new Map(known.map((member) => [member.phone, member]))
  const actions: RosterAction[] = []
  let [added, changed] = [0, 0]
  for (const { line, name, title, phone, department } of people) {
    const fields: RosterFields = {
      name,
      title,
      departmentId: departmentIds.get(department) ?? null,
      ...phoneLinks.link(orgPublicId, phone),
    }
    const hashed = phoneLinks
      .candidates(orgPublicId, phone)
      .map((hash) => byHash.get(hash))
      .find((member) => member !== undefined)
    const bound = byPhone.get(phone)
    // Who waits although the roster expects them comes in when they open an invitation again.
    const waits = bound?.status === MemberStatus.pending && hashed !== undefined
    const member = waits ? hashed : (bound ?? hashed)
    const isGone = member !== undefined && GONE.includes(member.status)
    if (member === undefined || (isGone && member.userId !== null)) {
      // A user who is gone keeps their row, and comes back in the place of the new one.
      if (hashed !== undefined) actions.push({ line, ...unlink(hashed) })
      actions.push({
        line,
        add: { ...fields, publicId: newId(), status: MemberStatus.expected },
      })
      added += 1
      continue
    }
    const change = differenceOf(fields, member)
    if (isGone) Object.assign(change, { status: MemberStatus.expected })
    if (member.status === MemberStatus.pending) {
      Object.assign(change, { status: MemberStatus.active, joinedAt: now })
    }
    if (Object.keys(change).length === 0) continue
    // Somebody else was expected under the number that this member has bound.
    const isTwice = hashed !== undefined && hashed.id !== member.id
    if (isTwice) actions.push({ line, ...unlink(hashed) })
    actions.push({ line, id: member.id, version: member.version, change })
    changed += 1
  }
  return { actions, added, changed }
}

const GONE: readonly number[] = [MemberStatus.left, MemberStatus.refused]

const unlink = ({ id, version, status, userId }: Known) => ({
  id,
  version,
  change: {
    phoneHash: null,
    phoneLast4: null,
    ...(status === MemberStatus.expected && userId === null ? { status: MemberStatus.left } : {}),
  },
})

const differenceOf = (fields: RosterFields, member: Known): Partial<RosterFields> => {
  const names = Object.keys(fields) as (keyof RosterFields)[]
  return Object.fromEntries(
    names.filter((name) => fields[name] !== member[name]).map((name) => [name, fields[name]]),
  )
}
