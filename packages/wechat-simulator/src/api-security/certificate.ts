import type { KeyObject } from 'node:crypto'
import { createPublicKey, randomBytes, sign } from 'node:crypto'

/** A self-signed X.509 certificate (version 1) of an RSA key, as PEM. */
export const createCertificate = (
  privateKey: KeyObject,
  { name, from, until }: { name: string; from: Date; until: Date },
): string => {
  const subject = toName([
    [COMMON_NAME, name],
    [ORGANISATION, 'WeChat simulator'],
  ])
  const contents = sequence(
    integer(randomBytes(16)),
    SHA256_WITH_RSA,
    subject,
    sequence(toTime(from), toTime(until)),
    subject,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  )
  const certificate = sequence(
    contents,
    SHA256_WITH_RSA,
    bits(sign('sha256', contents, privateKey)),
  )
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []

  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** One DER value: tag, length, contents. */
const der = (tag: number, contents: Buffer) => {
  const length = contents.length
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff]

  return Buffer.concat([Buffer.from([tag, ...size]), contents])
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts))
const bits = (contents: Buffer) => der(0x03, Buffer.concat([Buffer.of(0), contents]))
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))

/** Positive: the highest bit is cleared, and the one below set so that no zero leads. */
const integer = (bytes: Buffer) => {
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return der(0x02, bytes)
}

const toName = (parts: [Buffer, string][]) =>
  sequence(...parts.map(([type, text]) => der(0x31, sequence(type, der(0x0c, Buffer.from(text))))))

/** UTCTime, as certificates have it until 2050: 260102030405Z. */
const toTime = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))

const COMMON_NAME = oid('550403')
const ORGANISATION = oid('55040a')
const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), der(0x05, Buffer.alloc(0)))
