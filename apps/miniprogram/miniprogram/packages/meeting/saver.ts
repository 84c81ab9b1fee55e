import { toFailure } from '../../net/failure'
import { mayBeDone } from '../../net/outcome'
import { drawId } from '../../utils/random'
import { changesOf } from './changes'

/** What the server has. */
export type Saved<Fields> = { id: string; version: number; fields: Fields }
/** The requests; `About` is what a new one belongs to. */
export type Calls<Fields, About> = {
  create(about: About, requestId: string, fields: Fields): Promise<{ id: string; version: number }>
  update(id: string, version: number, changes: Partial<Fields>): Promise<{ version: number }>
}
type Step<Fields, About> =
  | { kind: 'create'; about: About; requestId: string; fields: Fields }
  | { kind: 'update'; before: Saved<Fields>; changes: Partial<Fields> }

/**
 * Keeps something on the server as its form is. One request at a time, and a request whose answer was
 * lost is repeated as it was before anything else is sent: so that there is one of it, and no change of
 * ours is taken for somebody else's.
 */
export const createSaver = <Fields extends object, About>(
  calls: Calls<Fields, About>,
  start?: Saved<Fields>,
) => {
  let saved = start
  let unanswered: Step<Fields, About> | undefined
  let requestId: string | undefined
  let last: Promise<unknown> = Promise.resolve()

  const run = async (step: Step<Fields, About>): Promise<void> => {
    unanswered = step
    try {
      saved = await take(step)
      unanswered = undefined
    } catch (cause) {
      if (!mayBeDone(toFailure(cause))) unanswered = undefined
      throw cause
    }
  }

  const take = async (step: Step<Fields, About>): Promise<Saved<Fields>> => {
    if (step.kind === 'create') {
      const { about, requestId: drawn, fields } = step
      const { id, version } = await calls.create(about, drawn, fields)

      return { id, version, fields }
    }
    const { id, version, fields } = step.before
    const changed = await calls.update(id, version, step.changes)

    return { id, version: changed.version, fields: { ...fields, ...step.changes } }
  }

  const save = async (fields: Fields, about: About): Promise<Saved<Fields>> => {
    if (unanswered) await run(unanswered)
    if (!saved) {
      requestId = requestId ?? (await drawId())
      await run({ kind: 'create', about, requestId, fields })
    }
    const before = saved
    if (!before) throw new Error('nothing was made')
    const changes = changesOf(before.fields, fields)
    if (Object.keys(changes).length > 0) await run({ kind: 'update', before, changes })

    return saved ?? before
  }

  return {
    saved: () => saved,
    /** After those before it, whatever became of them. */
    save(fields: Fields, about: About): Promise<Saved<Fields>> {
      const next = last.then(
        () => save(fields, about),
        () => save(fields, about),
      )
      last = next

      return next
    },
  }
}
