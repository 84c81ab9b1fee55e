/** When a feature may import a folder that knows no feature. */
type Condition = 'always' | 'types only' | 'from HTTP files'

export type ArrowTable = {
  /** Feature → the other features that it may import. */
  features: Record<string, readonly string[]>
  /** Folder that knows no feature → the folders that it may import. */
  shared: Record<string, readonly string[]>
  /** Which shared folders every feature may import, and when. */
  sharedForFeatures: Record<string, Condition>
  /** Folders that put the parts together, like the files directly in `src`: they may import all. */
  composition: readonly string[]
}

/**
 * The folders of `apps/api/src` and what each may import. `docs/ARCHITECTURE.md` shows the same arrows;
 * `pnpm check:structure` compares both, and the code with them.
 */
export const API_ARROWS: ArrowTable = {
  features: {
    users: [],
    audit: [],
    sessions: ['users', 'audit'],
    'sign-in': ['users', 'audit', 'sessions'],
    phone: ['users', 'audit', 'sessions'],
    'phone-sign-in': ['users', 'audit', 'sign-in', 'phone'],
    compat: ['sign-in'],
    invitation: ['users'],
    org: ['users', 'notices'],
    outbox: [],
    notices: ['users', 'outbox'],
    rooms: ['users', 'org'],
    meetings: ['users', 'org', 'rooms', 'notices'],
    attendance: ['users', 'org', 'meetings'],
    votes: ['users', 'org', 'meetings', 'notices'],
    demo: ['users', 'org', 'rooms', 'meetings', 'votes'],
    messages: ['users', 'consents', 'org', 'meetings', 'notices', 'outbox'],
    account: ['users', 'audit', 'sessions', 'org', 'meetings', 'votes'],
    profile: ['users', 'sessions', 'phone', 'org'],
    push: ['users', 'audit', 'sessions', 'account'],
    consents: ['users', 'sessions'],
    internal: ['users', 'audit'],
  },
  shared: {
    config: [],
    errors: [],
    generated: [],
    infra: ['config', 'errors', 'generated'],
    http: ['config', 'errors', 'infra'],
  },
  sharedForFeatures: {
    config: 'types only',
    errors: 'always',
    generated: 'types only',
    infra: 'always',
    http: 'from HTTP files',
  },
  composition: ['cli', 'doctor'],
}
