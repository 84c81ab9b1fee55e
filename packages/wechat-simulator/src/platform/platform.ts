import { randomBytes } from 'node:crypto'
import type { Nonces } from '../api-security/nonces.ts'
import { createNonces } from '../api-security/nonces.ts'
import type { KeyRing, PlatformCertificates } from '../api-security/platform-certificates.ts'
import { createKeyRing, createPlatformCertificates } from '../api-security/platform-certificates.ts'
import type { Pushes } from '../push/pushes.ts'
import { createPushes } from '../push/pushes.ts'
import type { AccessTokens } from './access-tokens.ts'
import { createAccessTokens } from './access-tokens.ts'
import type { App, Apps } from './apps.ts'
import { createApps } from './apps.ts'
import type { Clock } from './clock.ts'
import { createClock } from './clock.ts'
import type { CodeLimits } from './code-limits.ts'
import { createCodeLimits } from './code-limits.ts'
import type { Codes } from './codes.ts'
import { createCodes } from './codes.ts'
import type { Conversations } from './conversations.ts'
import { createConversations } from './conversations.ts'
import type { MediaStore } from './media-store.ts'
import { createMediaStore } from './media-store.ts'
import type { Messages } from './messages.ts'
import { createMessages } from './messages.ts'
import type { PageViews } from './page-views.ts'
import { createPageViews } from './page-views.ts'
import type { People } from './people.ts'
import { createPeople } from './people.ts'
import type { PhoneQuota } from './phones.ts'
import { createPhoneQuota } from './phones.ts'
import type { Privacy } from './privacy.ts'
import { createPrivacy } from './privacy.ts'
import type { Quotas } from './quotas.ts'
import { createQuotas } from './quotas.ts'
import type { SessionKeys } from './session-keys.ts'
import { createSessionKeys } from './session-keys.ts'
import type { Settings, SettingsInput } from './settings.ts'
import { createSettings } from './settings.ts'
import type { Subscriptions } from './subscriptions.ts'
import { createSubscriptions } from './subscriptions.ts'
import type { UserEncryptKeys } from './user-encrypt-keys.ts'
import { createUserEncryptKeys } from './user-encrypt-keys.ts'
import type { Verdicts } from './verdicts.ts'
import { createVerdicts } from './verdicts.ts'
import type { Visits } from './visits.ts'
import { createVisits } from './visits.ts'

export interface PlatformOptions {
  apps?: readonly App[]
  /** Accept the code that DevTools sends without a real appid, as the person "devtools". */
  acceptMockCodes?: boolean
  /** Accept codes `e2e-<name>` as the person of that name. */
  acceptNamedCodes?: boolean
  settings?: SettingsInput
}

/** The state of the simulated WeChat. */
export interface Platform {
  readonly acceptMockCodes: boolean
  readonly acceptNamedCodes: boolean
  settings: Settings
  readonly clock: Clock
  readonly apps: Apps
  readonly people: People
  readonly loginCodes: Codes
  readonly phoneCodes: Codes
  readonly phoneQuota: PhoneQuota
  readonly sessionKeys: SessionKeys
  readonly accessTokens: AccessTokens
  readonly pageViews: PageViews
  readonly quotas: Quotas
  readonly visits: Visits
  readonly verdicts: Verdicts
  readonly conversations: Conversations
  readonly codeLimits: CodeLimits
  readonly subscriptions: Subscriptions
  readonly messages: Messages
  readonly media: MediaStore
  readonly userEncryptKeys: UserEncryptKeys
  readonly privacy: Privacy
  readonly pushes: Pushes
  readonly platformCertificates: PlatformCertificates
  readonly nonces: Nonces
}

export const createPlatform = (
  options: PlatformOptions,
  keyRing: KeyRing = createKeyRing(),
): Platform => {
  const clock = createClock()
  const settings = () => platform.settings
  const pageViews = createPageViews(clock)
  const platform: Platform = {
    acceptMockCodes: options.acceptMockCodes ?? false,
    acceptNamedCodes: options.acceptNamedCodes ?? false,
    settings: createSettings(options.settings),
    clock,
    apps: createApps(options.apps ?? []),
    people: createPeople(() => settings().maxPeople),
    loginCodes: createCodes(clock, () => settings().codeTtlMs, createLoginCode),
    phoneCodes: createCodes(clock, () => settings().phoneCodeTtlMs, createPhoneCode),
    phoneQuota: createPhoneQuota(settings),
    sessionKeys: createSessionKeys(clock, settings),
    accessTokens: createAccessTokens(clock, settings),
    pageViews,
    quotas: createQuotas(clock, settings, pageViews),
    visits: createVisits(clock),
    verdicts: createVerdicts(),
    conversations: createConversations(clock, settings),
    codeLimits: createCodeLimits(settings),
    subscriptions: createSubscriptions(),
    messages: createMessages(),
    media: createMediaStore(clock, settings),
    userEncryptKeys: createUserEncryptKeys(clock, settings),
    privacy: createPrivacy(clock, settings),
    pushes: createPushes(clock, settings),
    platformCertificates: createPlatformCertificates(keyRing),
    nonces: createNonces(clock),
  }

  return platform
}

// As long as real ones, so that a database column that is too short is noticed.
const createLoginCode = () => `0${randomBytes(16).toString('hex').slice(1)}`
const createPhoneCode = () => randomBytes(32).toString('hex')
