import { createHash } from 'node:crypto'
import type { SessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import type { ExpiringStore } from '../infra/shared-state/expiring-store.ts'
import type { WeChatPhone } from '../infra/wechat/types.ts'

/** As long as WeChat itself accepts a code that was not used. */
const REMEMBER_MS = 5 * 60_000

type Deps = { store: ExpiringStore; seal: SessionKeySeal }

export type KnownCodes = ReturnType<typeof createKnownCodes>

/** Who a code was used for: the session that asked, or null for a sign-in, and the person. */
export type CodeOwner = { sessionId: string | null; appId: string; openid: string }

/**
 * Which number WeChat gave for a code, so that a request which is repeated because its answer was lost
 * gets the same answer: WeChat takes a code once. A number is sealed for its owner.
 */
export const createKnownCodes = ({ store, seal }: Deps) => ({
  /** The number, when WeChat has just given it to this owner for this code. */
  async find(code: string, owner: CodeOwner): Promise<WeChatPhone | null> {
    const sealed = await store.get(keyOf(code, owner))
    return sealed === null ? null : open(seal, sealed, owner)
  },
  async add(code: string, owner: CodeOwner, phone: WeChatPhone): Promise<void> {
    const sealed = seal.seal(JSON.stringify([phone.countryCode, phone.number]), bindingOf(owner))
    await store.set(keyOf(code, owner), sealed, REMEMBER_MS)
  },
})

const keyOf = (code: string, { appId }: CodeOwner) =>
  `phone-code:${createHash('sha256').update(`${appId}:${code}`).digest('base64url')}`

const bindingOf = ({ sessionId, openid }: CodeOwner) => ({
  // Not an owner of a session_key: neither opens what was sealed for the other.
  sessionId: `phone code of ${sessionId ?? 'a sign-in'}`,
  openid,
})

const open = (seal: SessionKeySeal, sealed: string, owner: CodeOwner): WeChatPhone | null => {
  try {
    const parts: unknown = JSON.parse(seal.open(sealed, bindingOf(owner)))
    if (!Array.isArray(parts)) return null
    const [countryCode, number]: unknown[] = parts
    if (typeof countryCode !== 'string' || typeof number !== 'string') return null
    return { countryCode, number }
  } catch {
    // Sealed for another owner, or with a key that is gone: WeChat decides.
    return null
  }
}
