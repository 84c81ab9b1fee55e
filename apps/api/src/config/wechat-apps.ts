import type { Env } from './env.ts'
import { FORMATS } from './formats.ts'

/** A mini-program that this API serves. */
export type WeChatApp = { appId: string; appSecret: string }
/** The first one is meant where a request names none. */
export type WeChatApps = readonly [WeChatApp, ...WeChatApp[]]

const MAX_APPS = 50
/** What WeChat's simulator of `pnpm dev` knows; worth nothing anywhere else. */
const SIMULATED_APP: WeChatApp = { appId: 'wx0a0a0a0a0a0a0a0a', appSecret: '0a'.repeat(16) }

export const isSimulated = ({ appId }: WeChatApp) => appId === SIMULATED_APP.appId

/** What is wrong with the variables that name mini-programs, by variable. */
export const incompleteApps = (source: NodeJS.ProcessEnv): Map<string, string> => {
  const { WX_APPS, WX_APPID, WX_SECRET, NODE_ENV } = source
  const production = NODE_ENV === 'production'
  const problems = new Map<string, string>()
  if (WX_APPS) {
    const problem = problemOfApps(WX_APPS, { production, encrypted: isEncrypted(source) })
    if (problem !== null) problems.set('WX_APPS', problem)
    for (const [variable, value] of Object.entries({ WX_APPID, WX_SECRET })) {
      if (value) problems.set(variable, 'stands beside WX_APPS: name this mini-program there')
    }
    return problems
  }
  // One alone would be sent to WeChat, or to its simulator, with what belongs to another app.
  const missing = production ? 'is required in production (or WX_APPS)' : null
  if (!WX_APPID && missing !== null) problems.set('WX_APPID', missing)
  if (!WX_SECRET && missing !== null) problems.set('WX_SECRET', missing)
  if (!production && WX_APPID && !WX_SECRET) problems.set('WX_APPID', 'needs WX_SECRET beside it')
  if (!production && WX_SECRET && !WX_APPID) problems.set('WX_SECRET', 'needs WX_APPID beside it')
  if (production && WX_APPID === SIMULATED_APP.appId) problems.set('WX_APPID', OF_THE_SIMULATOR)
  return problems
}

/** Of an environment without problems. */
export const toWeChatApps = ({ WX_APPS, WX_APPID, WX_SECRET }: Env): WeChatApps => {
  if (WX_APPS === undefined) {
    return WX_APPID === undefined || WX_SECRET === undefined
      ? [SIMULATED_APP]
      : [{ appId: WX_APPID, appSecret: WX_SECRET }]
  }
  const apps = parseApps(WX_APPS)
  if (typeof apps === 'string') throw new Error(`WX_APPS ${apps}`)
  return apps
}

const OF_THE_SIMULATOR = "is the simulator's: use your own in production"

/** A plain push names no app, so one that was meant for another app could be repeated here. */
const isEncrypted = ({ WX_PUSH_TOKEN, WX_PUSH_AES_KEY }: NodeJS.ProcessEnv) =>
  !WX_PUSH_TOKEN || Boolean(WX_PUSH_AES_KEY)

const problemOfApps = (
  text: string,
  { production, encrypted }: { production: boolean; encrypted: boolean },
): string | null => {
  const apps = parseApps(text)
  if (typeof apps === 'string') return apps
  if (production && apps.some(isSimulated)) return `holds an appid that ${OF_THE_SIMULATOR}`
  return apps.length > 1 && !encrypted ? 'of several mini-programs needs WX_PUSH_AES_KEY' : null
}

/**
 * Reads `appid:secret[,appid:secret…]`. Resolves to the apps, or to a sentence that says what is wrong
 * and never repeats a secret.
 */
export const parseApps = (text: string): WeChatApps | string => {
  const apps: WeChatApp[] = []
  for (const entry of text.split(',')) {
    const [appId = '', appSecret, ...rest] = entry.trim().split(':')
    if (appSecret === undefined || rest.length > 0) return 'must be appid:secret[,appid:secret…]'
    const problem = problemOf({ appId, appSecret })
    if (problem !== null) return problem
    if (apps.some((other) => other.appId === appId)) return `names ${appId} twice`
    apps.push({ appId, appSecret })
  }
  if (apps.length > MAX_APPS) return `must name at most ${MAX_APPS} mini-programs`
  const [first, ...others] = apps
  return first === undefined ? 'must be appid:secret[,appid:secret…]' : [first, ...others]
}

const problemOf = ({ appId, appSecret }: WeChatApp): string | null => {
  const wrongId = FORMATS['wx-appid']?.(appId) ?? null
  if (wrongId !== null) return `holds an appid that ${wrongId}`
  const wrongSecret = FORMATS['wx-secret']?.(appSecret) ?? null
  return wrongSecret === null ? null : `holds for ${appId} a secret that ${wrongSecret}`
}
