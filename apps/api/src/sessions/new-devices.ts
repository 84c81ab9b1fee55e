import type { Background } from '../infra/background.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { NewDevice } from './new-device.ts'
import { deviceKeyOf, isAmong, visibleTo } from './new-device.ts'
import type { NewDeviceStore } from './new-device-sql.ts'
import type { Session, SessionWithUser } from './session.ts'

/** Who has not looked by then has looked at none of the devices either. */
const KEEP_MS = 90 * 86_400_000

type Deps = {
  store: NewDeviceStore
  /** Tells the user elsewhere; may do nothing. */
  tell(user: User, session: Session): Promise<unknown>
  background: Background
  clock: Clock
}

export type NewDevices = ReturnType<typeof createNewDevices>

/** Sign-ins on devices that were not known: told once, and shown on other devices until they are seen. */
export const createNewDevices = ({ store, tell, background, clock }: Deps) => ({
  /** After a sign-in on a device without a live session: that neither waits for this nor fails by it. */
  signedIn(user: User, session: Session): void {
    background.run('looking for a new device', async () => {
      if ((await store.isNew(session)) && (await store.note(session))) await tell(user, session)
    })
  },

  /** Those that the caller's device may see, the newest first. */
  list: async ({ user, session }: SessionWithUser): Promise<NewDevice[]> =>
    visibleTo(deviceKeyOf(session), await store.list(user.id)),

  /** Shows none of them any more that came until then. */
  async see({ user, session }: SessionWithUser, until: Date): Promise<void> {
    const own = deviceKeyOf(session)
    const all = await store.list(user.id)
    const seen = visibleTo(own, all).filter(({ at }) => at <= until)
    const keys = seen.map(({ key }) => key)
    // What a new device has seen stays for the known ones: they may not have brought it along.
    await (isAmong(own, all) ? store.hide(user.id, keys) : store.remove(user.id, keys))
  },

  removeOld: (limit: number): Promise<number> =>
    store.removeOld(new Date(clock.now() - KEEP_MS), limit),
})
