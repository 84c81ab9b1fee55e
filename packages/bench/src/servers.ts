/** Who takes part: limits, the API, and the same two routes as others build them. */
export type Credential = 'none' | 'x-oa-token' | 'bearer' | 'cookie'

export type Server = {
  name: string
  kind: 'limit' | 'ours' | 'usual' | 'peer'
  /** From the root of the repository. */
  file: string
  env?: NodeJS.ProcessEnv
  /** Set for those that have packages of their own, in packages/bench/peers. */
  peer?: 'express' | 'nest' | 'better-auth'
  tuned?: boolean
  /** `ours` is the API's own, `copy` has its empty tables, `own` is empty. */
  database: 'none' | 'ours' | 'copy' | 'own'
  signsIn: boolean
  reads: boolean
  credential: Credential
}

const SERVERS = 'packages/bench/src/servers'

export const OURS: Server = {
  name: 'oa-mini',
  kind: 'ours',
  file: 'apps/api/src/main.ts',
  database: 'ours',
  signsIn: true,
  reads: true,
  credential: 'x-oa-token',
}

const limit = (name: string, file: string, traits: Partial<Server>): Server => ({
  name,
  kind: 'limit',
  file: `${SERVERS}/${file}`,
  database: 'none',
  signsIn: false,
  reads: false,
  credential: 'none',
  ...traits,
})

export const NODE_HTTP = limit('node:http', 'node-http-server.ts', { reads: true })
export const BARE = limit('bare Fastify', 'bare-server.ts', { reads: true })
/** The same server in another process: what differs between the two is noise. */
export const TWIN = limit('bare Fastify again', 'bare-server.ts', { reads: true })
export const GUARDED = limit('bare Fastify + session check', 'guarded-server.ts', {
  database: 'ours',
  reads: true,
  credential: 'x-oa-token',
})
export const WECHAT = limit('WeChat only', 'wechat-server.ts', { signsIn: true })
export const UPSERT = limit('SQL upsert only', 'upsert-server.ts', {
  database: 'own',
  signsIn: true,
})

export const USUAL: Server = {
  name: '@fastify/jwt + Prisma',
  kind: 'usual',
  file: `${SERVERS}/usual-server.ts`,
  database: 'copy',
  signsIn: true,
  reads: true,
  credential: 'x-oa-token',
}

const peer = (
  name: string,
  folder: NonNullable<Server['peer']>,
  traits: Pick<Server, 'database'> & { tunedCredential?: Credential; env?: NodeJS.ProcessEnv },
): Server[] =>
  [false, true].map((tuned) => ({
    name: `${name}, ${tuned ? 'tuned' : 'default'}`,
    kind: 'peer',
    file: `packages/bench/peers/${folder}/server.ts`,
    env: { ...traits.env, ...(tuned ? { VARIANT: 'tuned', NODE_ENV: 'production' } : {}) },
    peer: folder,
    tuned,
    database: traits.database,
    signsIn: true,
    reads: true,
    credential: tuned ? (traits.tunedCredential ?? 'bearer') : 'bearer',
  }))

export const PEERS: Server[] = [
  ...peer('Express', 'express', { database: 'own' }),
  ...peer('NestJS', 'nest', {
    database: 'copy',
    // Its decorators are of the kind that TypeScript compiles only when told to.
    env: { TSX_TSCONFIG_PATH: 'packages/bench/peers/nest/tsconfig.json' },
  }),
  // Its cache is a cookie.
  ...peer('better-auth', 'better-auth', { database: 'own', tunedCredential: 'cookie' }),
]

export const ALL: Server[] = [BARE, NODE_HTTP, GUARDED, WECHAT, UPSERT, OURS, USUAL, ...PEERS, TWIN]
