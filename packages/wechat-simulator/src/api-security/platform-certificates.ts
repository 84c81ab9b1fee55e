import type { KeyObject } from 'node:crypto'
import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { createCertificate } from './certificate.ts'

/** WeChat's certificate for an app; while it is being changed there are two. */
export interface PlatformCertificate {
  /** The value of Wechatmp-Serial; not the serial number inside the certificate. */
  sn: string
  /** PEM. */
  certificate: string
  /** It is being replaced; its signature comes in Wechatmp-Signature-Deprecated. */
  deprecated: boolean
}

/** A platform certificate with the key that only WeChat has. */
export interface PlatformSigner extends PlatformCertificate {
  privateKey: KeyObject
}

export interface PlatformCertificates {
  /** The newest first. */
  of: (appid: string) => Promise<PlatformSigner[]>
  /** `begin`: adds a new one and deprecates the current one. `end`: removes the deprecated one. */
  change: (appid: string, step: 'begin' | 'end') => void
}

/** Creates each key once, so that a reset restores the first certificate. */
export type KeyRing = (
  appid: string,
  generation: number,
) => Promise<Omit<PlatformSigner, 'deprecated'>>

export const createKeyRing = (): KeyRing => {
  const made = new Map<string, ReturnType<KeyRing>>()

  return (appid, generation) => {
    const name = `${generation} ${appid}`
    const signer = made.get(name) ?? createSigner(appid, made.size)
    made.set(name, signer)
    return signer
  }
}

export const createPlatformCertificates = (keyRing: KeyRing): PlatformCertificates => {
  const inUse = new Map<string, number[]>()
  const generationsOf = (appid: string) => inUse.get(appid) ?? [0]

  return {
    of: (appid) =>
      Promise.all(
        generationsOf(appid).map(async (generation, index) => ({
          ...(await keyRing(appid, generation)),
          deprecated: index > 0,
        })),
      ),
    change: (appid, step) => {
      const [newest = 0] = generationsOf(appid)
      inUse.set(appid, step === 'begin' ? [newest + 1, newest] : [newest])
    },
  }
}

const FIVE_YEARS_MS = 5 * 365 * 24 * 3_600_000

const createSigner = async (appid: string, index: number) => {
  const privateKey = await keyAt(index)
  const from = new Date()
  const until = new Date(from.getTime() + FIVE_YEARS_MS)
  const certificate = createCertificate(privateKey, { name: appid, from, until })

  return { sn: randomBytes(16).toString('hex'), certificate, privateKey }
}

// Creating an RSA key takes longer than the rest of a test, so the simulators of a process share
// keys; each simulator has its own certificates and serials.
const keys: Promise<KeyObject>[] = []
const generate = promisify(generateKeyPair)

const keyAt = (index: number) => {
  const key =
    keys[index] ?? generate('rsa', { modulusLength: 2048 }).then(({ privateKey }) => privateKey)
  keys[index] = key

  return key
}
