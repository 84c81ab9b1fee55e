import type { Clock } from '../infra/database/clock.ts'
import type { DepartmentStore } from './departments-sql.ts'
import { COMMAND_LINE } from './event.ts'
import type { PhoneLinks } from './phone-link.ts'
import type { Refused, RosterLine } from './roster-file.ts'
import { planRoster } from './roster-plan.ts'
import type { RosterStore } from './roster-sql.ts'
import type { NewId } from './rows.ts'

/** So many in one transaction: it must not hold others up. */
const AT_ONCE = 100

type Deps = {
  store: RosterStore
  departments: Pick<DepartmentStore, 'add'>
  phoneLinks: PhoneLinks
  clock: Clock
  newId: NewId
}

export type Imported = { added: number; changed: number; unchanged: number; refused: Refused[] }

/** Brings a company to what its roster says; the same roster again changes nothing. */
export const createRosterImport =
  ({ store, departments, phoneLinks, clock, newId }: Deps) =>
  async (
    org: { id: number; publicId: string },
    people: readonly RosterLine[],
  ): Promise<Imported> => {
    const at = new Date(clock.now())
    const stamp = { orgId: org.id, actorId: null, requestId: COMMAND_LINE, at }
    const departmentIds = new Map<string, number>()
    for (const name of new Set(people.map(({ department }) => department))) {
      if (name === '') continue
      const department = { publicId: newId(), orgId: org.id, name, sort: 0 }
      departmentIds.set(name, (await departments.add(department, stamp)).id)
    }
    const known = await store.listKnown(org.id)
    const { actions, added, changed } = planRoster(people, {
      orgPublicId: org.publicId,
      phoneLinks,
      known,
      departmentIds,
      newId,
      now: at,
    })
    const missed: number[] = []
    for (let from = 0; from < actions.length; from += AT_ONCE) {
      missed.push(...(await store.apply(org.id, actions.slice(from, from + AT_ONCE))))
    }
    if (actions.length > 0) {
      await store.recordImport(org, `added ${added}, changed ${changed}`, at)
    }
    const refused = missed.map((line) => ({ line, why: 'the member was changed meanwhile' }))
    return {
      added,
      changed: changed - missed.length,
      unchanged: people.length - added - changed,
      refused,
    }
  }
