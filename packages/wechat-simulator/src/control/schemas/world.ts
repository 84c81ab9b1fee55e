import { Type } from 'typebox'
import { SealingSettings } from '../../api-security/sealing-settings.ts'
import type { SettingsInput } from '../../platform/settings.ts'
import { errcodeNames, settingNames } from '../../platform/settings.ts'
import { closed } from './shared.ts'

export const Nothing = Type.Object({}, closed)

const Limit = Type.Optional(Type.Integer({ minimum: 0 }))
const Errcode = Type.Optional(Type.Integer())

/** As `SettingsInput`; the names are those of the settings themselves. */
export const SettingsRequest = Type.Unsafe<SettingsInput>(
  Type.Object(
    {
      ...Object.fromEntries(settingNames.map((name) => [name, Limit])),
      sealing: Type.Optional(Type.Partial(SealingSettings, closed)),
      phonePrefix: Type.Optional(Type.Union([Type.Literal('foreign'), Type.Literal('always')])),
      reviewedProfile: Type.Optional(Type.Union([Type.Literal('pass'), Type.Literal('refuse')])),
      quotas: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^/', maxLength: 200 }),
          Type.Object(
            {
              perSecond: Limit,
              perMinute: Limit,
              perDay: Limit,
              perPersonPerMinute: Limit,
              secondErrcode: Errcode,
              minuteErrcode: Errcode,
              dayErrcode: Errcode,
              dayGroup: Type.Optional(Type.String({ maxLength: 64 })),
            },
            closed,
          ),
        ),
      ),
      errcodes: Type.Optional(
        Type.Object(Object.fromEntries(errcodeNames.map((name) => [name, Errcode])), closed),
      ),
    },
    closed,
  ),
)

export const AdvanceRequest = Type.Object({ ms: Type.Integer({ minimum: 0 }) }, closed)

export const CallsQuery = Type.Object(
  {
    path: Type.Optional(Type.String({ maxLength: 200 })),
    since: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
  },
  closed,
)
