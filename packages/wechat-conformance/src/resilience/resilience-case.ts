import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { readCaseFiles } from '../case-files.ts'
import { FAILURES, OPERATIONS } from './adapter.ts'
import { Answers, Json, PlatformScript } from './answer-script.ts'
import { PushScript } from './push-script.ts'
import { SealScript } from './seal-script.ts'

const exactly = { additionalProperties: false }
const AnyOf = <T extends string>(names: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(names.map((name) => Type.Literal(name))))

/** A call of the client, and its expected outcome. */
const Step = Type.Object(
  {
    do: AnyOf(OPERATIONS),
    /** `adapter.ts` says what each operation takes. */
    args: Type.Optional(Type.Record(Type.String(), Json)),
    /** Made into the arguments of `decryptUserData`. */
    seal: Type.Optional(SealScript),
    /** Made into the arguments of `receivePush` and `verifyPush`. */
    push: Type.Optional(PushScript),
    /** How many calls at once; 1 by default. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Which client, counted from 0, or each of them; 0 by default. */
    node: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('each')])),
    /** The next step starts without waiting for this one. */
    background: Type.Optional(Type.Literal(true)),
    /** What the platform answers from this step on. */
    answers: Type.Optional(Answers),
    /** Waits first until no connection to the platform is left. */
    afterClose: Type.Optional(Type.Literal(true)),
    /** The expected result, see `match.ts`; without it the call must fail. */
    ok: Type.Optional(Json),
    /** The accepted failures; without them the call must succeed. */
    fails: Type.Optional(Type.Array(AnyOf(FAILURES), { minItems: 1 })),
    /** How many of the calls must succeed at least. */
    leastOk: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Repeats the call until it succeeds. */
    untilOk: Type.Optional(Type.Literal(true)),
    /** Time limit of each call, failures included; 5000 by default. */
    withinMs: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Time limit of each call that succeeds. */
    okWithinMs: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Texts that the printed failure must not contain, besides the secrets. */
    hides: Type.Optional(Type.Array(Type.String())),
  },
  exactly,
)
export type Step = Static<typeof Step>

const Count = Type.Integer({ minimum: 0 })

/** Something that a WeChat platform or a network does, and that every client must survive. */
export const ResilienceCase = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+/[a-z0-9-]+$' }),
    about: Type.String({ minLength: 1 }),
    /** The page that says so, or where it was observed. */
    source: Type.String({ minLength: 1 }),
    platform: Type.Optional(PlatformScript),
    /** How many EncodingAESKeys the client's receiver of pushes has: 0 is plain mode. */
    pushKeys: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 })),
    /** How many clients share what the nodes of one service share; 1 by default. */
    nodes: Type.Optional(Type.Integer({ minimum: 1 })),
    steps: Type.Array(Step, { minItems: 1 }),
    /**
     * How many requests the platform must have seen at the end, as a number or a range, by path,
     * `token` or `*`; `elsewhere` is the target of redirects.
     */
    requests: Type.Optional(
      Type.Record(Type.String(), Type.Union([Count, Type.Tuple([Count, Count])])),
    ),
    /** What the last request of a path must have been: `method`, `query`, `json`. */
    sent: Type.Optional(Type.Record(Type.String(), Json)),
    /** How many bytes the platform may have sent at most. */
    sentBytesAtMost: Type.Optional(Count),
  },
  exactly,
)
export type ResilienceCase = Static<typeof ResilienceCase>

// The same folder from src/resilience and from dist/resilience.
const FOLDER = new URL('../../resilience/', import.meta.url)
const validator = Compile(ResilienceCase)

/** Reads the cases of this package, in a fixed order. */
export const readResilienceCases = async (): Promise<ResilienceCase[]> =>
  (await readCaseFiles(FOLDER)).map(toResilienceCase)

/** Checks a case from outside this package; throws an error that names what is wrong with it. */
export const toResilienceCase = (value: unknown): ResilienceCase => {
  if (validator.Check(value) && value.steps.every(expects)) return value
  const [error = NO_EXPECTATION] = validator.Errors(value)
  const { id } = value as { id?: unknown }

  throw new TypeError(`case ${String(id)}: ${error?.instancePath ?? ''} ${error?.message ?? ''}`)
}

const expects = ({ ok, fails }: Step) => ok !== undefined || fails !== undefined

const NO_EXPECTATION = { instancePath: '/steps', message: 'each must have ok, fails or both' }
