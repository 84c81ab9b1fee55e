import { createHash } from 'node:crypto'

/** What an operator did, as `operator_audit` keeps it. */
export type OperatorAct = {
  at: Date
  /** Who said that they do it (`--as`), else the system user. */
  operator: string
  /** Under whose account of the machine it was done. */
  systemUser: string
  /** The command, as it is typed: `user freeze`. */
  act: string
  /** `asked` is written before anything is done, `failed` after it came to nothing. */
  outcome: 'asked' | 'failed'
  /** The public id of what it was about, or empty. */
  subject: string
  /** What was said about it: reasons and numbers, never a secret. */
  detail: string
}

/** An act in its place. */
export type ChainedAct = OperatorAct & { seq: number; prevHash: string; hash: string }

/** What the first act has for the hash of the one before. */
export const NO_HASH = '0'.repeat(64)

type Unsealed = OperatorAct & Pick<ChainedAct, 'seq' | 'prevHash'>

/** SHA-256 over all that a row says, in hex. */
export const hashOf = ({ seq, at, prevHash, ...act }: Unsealed): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        seq,
        at.toISOString(),
        act.operator,
        act.systemUser,
        act.act,
        act.outcome,
        act.subject,
        act.detail,
        prevHash,
      ]),
    )
    .digest('hex')

/** The act as the one that follows `last`. */
export const chain = (
  act: OperatorAct,
  last: Pick<ChainedAct, 'seq' | 'hash'> | null,
): ChainedAct => {
  const unsealed = { ...act, seq: (last?.seq ?? 0) + 1, prevHash: last?.hash ?? NO_HASH }
  return { ...unsealed, hash: hashOf(unsealed) }
}

/** The place and the hash of an act that was written down elsewhere, as in the log. */
export type Anchor = Pick<ChainedAct, 'seq' | 'hash'>

export type ChainProblem = { seq: number; problem: 'missing' | 'changed' | 'not what was anchored' }

/**
 * Looks at acts in the order of their `seq`, in as many parts as there are. Nothing but an anchor can
 * show that the last ones were removed, or that all were written anew.
 */
export const createChainCheck = (anchors: readonly Anchor[] = []) => {
  const expected = new Map(anchors.map(({ seq, hash }) => [seq, hash]))
  const problems: ChainProblem[] = []
  let last: Anchor = { seq: 0, hash: NO_HASH }

  const look = (act: ChainedAct) => {
    for (let seq = last.seq + 1; seq < act.seq; seq += 1) problems.push({ seq, problem: 'missing' })
    const follows = act.seq === last.seq + 1
    const { hash: _own, ...unsealed } = act
    if (hashOf(unsealed) !== act.hash || (follows && act.prevHash !== last.hash)) {
      problems.push({ seq: act.seq, problem: 'changed' })
    }
    const anchored = expected.get(act.seq)
    if (anchored !== undefined && anchored !== act.hash) {
      problems.push({ seq: act.seq, problem: 'not what was anchored' })
    }
    expected.delete(act.seq)
    last = act
  }

  return {
    look(acts: readonly ChainedAct[]) {
      for (const act of acts) look(act)
    },
    /** How many acts there are, and what is wrong with them. */
    end: (): { last: Anchor; problems: ChainProblem[] } => ({
      last: { seq: last.seq, hash: last.hash },
      problems: [
        ...problems,
        ...[...expected.keys()]
          .filter((seq) => seq > last.seq)
          .map((seq) => ({ seq, problem: 'missing' as const })),
      ],
    }),
  }
}
