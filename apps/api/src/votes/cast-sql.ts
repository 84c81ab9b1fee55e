import type { Engine } from '../infra/database/engine.ts'
import type { Pipeline } from '../infra/database/pipeline.ts'
import type { Query, Statement } from '../infra/database/statement.ts'
import { insertInto } from '../infra/database/statement.ts'

type Own = { voteId: number; memberId: number }

/** A statement for one row, the same text on both engines but for `mysqlTail`. */
const one = <Row>(
  text: string,
  values: (row: Row) => readonly number[],
  mysqlTail = '',
): Statement<Row> => ({
  sqlite: { text, values },
  mysql: ([row]) => ({
    text: `${text}${mysqlTail}`,
    values: row === undefined ? [] : values(row),
  }),
})

const found = <Row, Found extends object>(
  statement: Statement<Row>,
  times: readonly (keyof Found & string)[] = [],
): Query<Row, Found> => ({ ...statement, times })

const ownKey = ({ voteId, memberId }: Own) => [voteId, memberId]

/** Marks one's own row: who comes second waits here, and finds it marked. */
const MARK = one(
  'UPDATE vote_elector SET voted = 1 WHERE vote_id = ? AND member_id = ? AND voted = 0 AND struck = 0',
  ownKey,
)
/** Of a vote whose ballots may be replaced: matches whether or not one has voted. */
const MARK_AGAIN = one(
  'UPDATE vote_elector SET voted = 1 WHERE vote_id = ? AND member_id = ? AND struck = 0',
  ownKey,
)

export type CastVote = {
  state: number
  closesAt: Date | null
  secret: number
  changeable: number
  minChoices: number
  maxChoices: number
}

/** Shared, so that casters do not wait for each other, and a close waits for all of them. */
const VOTE = found<Own, CastVote>(
  one(
    `SELECT state, closes_at AS closesAt, secret, changeable, min_choices AS minChoices,
       max_choices AS maxChoices FROM vote WHERE id = ?`,
    ({ voteId }) => [voteId],
    ' LOCK IN SHARE MODE',
  ),
  ['closesAt'],
)

export type CastOption = { id: number; publicId: string; meaning: number }

const OPTIONS = found<Own, CastOption>(
  one(
    'SELECT id, public_id AS publicId, meaning FROM vote_option WHERE vote_id = ? ORDER BY position',
    ({ voteId }) => [voteId],
  ),
)

const ELECTOR = found<Own, { voted: number; struck: number }>(
  one('SELECT voted, struck FROM vote_elector WHERE vote_id = ? AND member_id = ?', ownKey),
)

const CHOICES = found<Own, { optionId: number }>(
  one('SELECT option_id AS optionId FROM vote_choice WHERE vote_id = ? AND member_id = ?', ownKey),
)

const FORGET = one('DELETE FROM vote_choice WHERE vote_id = ? AND member_id = ?', ownKey)

type NewBallot = { id: string; voteId: number; optionId: number }
const BALLOTS = insertInto<NewBallot>('vote_ballot', {
  id: ({ id }) => id,
  vote_id: ({ voteId }) => voteId,
  option_id: ({ optionId }) => optionId,
})

type NewChoice = Own & { optionId: number; at: Date }
const CHOSEN = insertInto<NewChoice>('vote_choice', {
  vote_id: ({ voteId }) => voteId,
  member_id: ({ memberId }) => memberId,
  option_id: ({ optionId }) => optionId,
  cast_at: ({ at }) => at,
})

/** What is there when one's own row is marked, and the vote held. */
export type Holding = {
  vote: CastVote
  options: CastOption[]
  /** Whether the own row was marked just now. */
  marked: boolean
  own: { voted: boolean; struck: boolean } | null
  /** What the member chose before, in a named vote. */
  choice: number[]
}

export type CastPlan =
  /** Nothing is to be written: the ballot counts already. */
  | { kind: 'counted' }
  | { kind: 'secret'; ballotId: string; optionIds: readonly number[] }
  | { kind: 'named'; optionIds: readonly number[]; at: Date }

export type CastStore = ReturnType<typeof createCastStore>

export const createCastStore = (engine: Engine) => ({
  /** The own row first, then the vote shared; `decide` plans on what is there, and throws to undo. */
  cast: (
    own: Own,
    { secret, changeable }: { secret: boolean; changeable: boolean },
    decide: (holding: Holding) => CastPlan,
  ): Promise<void> =>
    engine.pipeline(async (pipeline) => {
      const plan = decide(await hold(pipeline, own, { secret, changeable }))
      if (plan.kind === 'counted') return
      const { optionIds } = plan
      if (plan.kind === 'secret') {
        const { ballotId: id } = plan
        const { voteId } = own
        pipeline.send(
          BALLOTS,
          optionIds.map((optionId) => ({ id, voteId, optionId })),
        )
        return
      }
      const { at } = plan
      if (changeable) pipeline.send(FORGET, [own])
      pipeline.send(
        CHOSEN,
        optionIds.map((optionId) => ({ ...own, optionId, at })),
      )
    }),
})

const hold = async (
  pipeline: Pipeline,
  own: Own,
  { secret, changeable }: { secret: boolean; changeable: boolean },
): Promise<Holding> => {
  const [changed, [vote], options, [row], choice] = await Promise.all([
    pipeline.change(changeable ? MARK_AGAIN : MARK, own),
    pipeline.query(VOTE, [own]),
    pipeline.query(OPTIONS, [own]),
    pipeline.query(ELECTOR, [own]),
    secret ? [] : pipeline.query(CHOICES, [own]),
  ])
  if (vote === undefined) throw new Error('the vote is gone')
  return {
    vote,
    options,
    marked: changed > 0,
    own: row === undefined ? null : { voted: row.voted === 1, struck: row.struck === 1 },
    choice: choice.map(({ optionId }) => optionId),
  }
}
