/** How often one endpoint may be called; 0 is no limit. A day is a day in Beijing. */
export interface Quota {
  perMinute?: number
  perDay?: number
  perPersonPerMinute?: number
}

/** Every value that WeChat does not publish, or that a test may want to be smaller. */
export interface Settings {
  /** Life of a wx.login code. WeChat: 5 minutes. */
  codeTtlMs: number
  /** Life of a session_key that nobody uses; use renews it. WeChat does not publish it. */
  sessionKeyTtlMs: number
  /** wx.login keeps the session_key while it is younger than this. WeChat does not publish it. */
  sessionKeyMinRefreshMs: number
  /** wx.login and wx.checkSession a person may call in a second. WeChat: 4; 0 (no limit) here. */
  clientCallsPerSecond: number
  /** By path of the endpoint; what is given replaces the default of that path alone. */
  quotas: Readonly<Record<string, Quota>>
  /** Answers that no page of WeChat's confirms. */
  errcodes: {
    expiredCode: number
    codeOfOtherApp: number
    missingAppid: number
    missingSecret: number
    badGrantType: number
  }
  /** How many calls are remembered. */
  rememberedCalls: number
}

/** Settings as a caller gives them: what is left out keeps its default. */
export type SettingsInput = Partial<Omit<Settings, 'errcodes'>> & {
  errcodes?: Partial<Settings['errcodes']>
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const DEFAULTS: Settings = {
  codeTtlMs: 5 * MINUTE,
  sessionKeyTtlMs: 3 * DAY,
  sessionKeyMinRefreshMs: 5 * MINUTE,
  clientCallsPerSecond: 0,
  quotas: { '/sns/jscode2session': { perPersonPerMinute: 100 } },
  errcodes: {
    expiredCode: 40029,
    codeOfOtherApp: 40029,
    missingAppid: 41002,
    missingSecret: 41004,
    badGrantType: 40002,
  },
  rememberedCalls: 1000,
}

export const createSettings = (input: SettingsInput = {}): Settings =>
  mergeSettings(DEFAULTS, input)

export const mergeSettings = (base: Settings, input: SettingsInput): Settings => ({
  ...base,
  ...input,
  quotas: { ...base.quotas, ...input.quotas },
  errcodes: { ...base.errcodes, ...input.errcodes },
})
