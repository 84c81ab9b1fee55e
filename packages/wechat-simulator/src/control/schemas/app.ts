import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Appid, closed, Text } from './shared.ts'

const Texts = Type.Optional(Type.Array(Text(200), { maxItems: 1000 }))

const PushTarget = Type.Object(
  {
    url: Type.String({ pattern: '^https?://', maxLength: 500 }),
    token: Text(64),
    encodingAESKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]{43}$' })),
    mode: Type.Optional(
      Type.Union([Type.Literal('plain'), Type.Literal('compat'), Type.Literal('safe')]),
    ),
    format: Type.Optional(Type.Union([Type.Literal('xml'), Type.Literal('json')])),
  },
  closed,
)

const SealKey = Type.Object(
  { sn: Text(64), key: Text(4000), algorithm: Type.Optional(Text(40)) },
  closed,
)

const ApiSecurity = Type.Object(
  {
    symmetricKey: Type.Optional(SealKey),
    publicKey: Type.Optional(SealKey),
    paths: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^/', maxLength: 200 }),
        Type.Union([Type.Literal('optional'), Type.Literal('required')]),
      ),
    ),
  },
  closed,
)

const appTraits = {
  openPlatform: Type.Optional(Text(64)),
  ipWhitelist: Texts,
  secretFrozen: Type.Optional(Type.Boolean()),
  tokenRefusal: Type.Optional(Type.Integer()),
  banned: Type.Optional(Type.Boolean()),
  deniedPaths: Texts,
  forbiddenPaths: Texts,
  pages: Texts,
  unpublished: Type.Optional(Type.Boolean()),
  phoneQuota: Type.Optional(Type.Integer({ minimum: 0 })),
  realtimePhoneQuota: Type.Optional(Type.Integer({ minimum: 0 })),
  privacyScopes: Texts,
  privacyBanned: Type.Optional(Type.Boolean()),
  subscribeBanned: Type.Optional(Type.Boolean()),
  push: Type.Optional(PushTarget),
  apiSecurity: Type.Optional(ApiSecurity),
}

export const AppInput = Type.Object({ appid: Appid, secret: Text(128), ...appTraits }, closed)
export type AppInput = Static<typeof AppInput>

export const AppChange = Type.Object(
  { appid: Appid, secret: Type.Optional(Text(128)), ...appTraits },
  closed,
)
export type AppChange = Static<typeof AppChange>

export const AppRequest = Type.Object({ appid: Appid }, closed)
export type AppRequest = Static<typeof AppRequest>

export const CertificateChange = Type.Object(
  { appid: Appid, step: Type.Union([Type.Literal('begin'), Type.Literal('end')]) },
  closed,
)
export type CertificateChange = Static<typeof CertificateChange>
