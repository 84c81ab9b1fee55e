import { randomBytes } from 'node:crypto'
import type {
  AppChange,
  PersonRequest,
  SettingsInput,
  Template,
  VerdictRule,
} from '@oa/wechat-simulator'
import type { Control } from '@oa/wechat-simulator/control'
import type { ValueSource } from './value-sources.ts'
import { createSimulatedValues, PERSON } from './value-sources.ts'

/** The state that a simulator is put into before a case; the real platform cannot be. */
export interface Setup {
  settings?: SettingsInput
  /** Applied to the app after the values of the case were obtained. */
  app?: Omit<AppChange, 'appid'>
  person?: Omit<PersonRequest, 'name'>
  verdict?: VerdictRule
  template?: Omit<Template, 'appid'>
  /** The person agrees to one message by the template. */
  consent?: boolean
  /** The person writes to the app. */
  wrote?: boolean
  /** The person's session_key ends. */
  sessionEnds?: boolean
}

export type FixtureApp = ReturnType<typeof createFixtureApp>

export interface Fixture {
  take: ValueSource
  /** To be called after the values of the case were obtained. */
  apply: () => Promise<void>
  /** Restores the simulator, except for the app of the fixture. */
  undo: () => Promise<void>
}

/** Credentials of an app that only this run uses, so that its state needs no restoring. */
export const createFixtureApp = () => ({
  appid: `wx${randomBytes(8).toString('hex')}`,
  secret: randomBytes(16).toString('hex'),
})

/** Puts a simulator into the state that a case needs; it must not be used otherwise meanwhile. */
export const prepareFixture = async (
  setup: Setup,
  control: Control,
  baseUrl: string,
  fixtureApp: FixtureApp,
): Promise<Fixture> => {
  const before = await control.settings()
  await control.createApp(fixtureApp)
  const { phone } = await control.createPerson({ name: PERSON, highRisk: false })

  return {
    take: createSimulatedValues(baseUrl, fixtureApp),
    apply: () => apply(setup, control, fixtureApp.appid),
    undo: async () => {
      const added = Object.keys(setup.settings?.quotas ?? {}).map((path) => [path, {}])
      await control.changeSettings({
        ...before,
        quotas: { ...Object.fromEntries(added), ...before.quotas },
      })
      await control.createApp(fixtureApp)
      await control.createPerson({ name: PERSON, highRisk: false, phone, countryCode: '86' })
    },
  }
}

const apply = async (setup: Setup, control: Control, appid: string) => {
  const { settings, app, person, verdict, template } = setup
  const visitor = { appid, person: PERSON }
  if (template) await control.addTemplate({ appid, ...template })
  if (template && setup.consent) {
    await control.requestSubscribe({ ...visitor, tmplIds: [template.templateId] })
  }
  if (setup.wrote) await control.userMessage({ ...visitor, content: 'hello' })
  if (setup.sessionEnds) await control.endSession(visitor)
  if (verdict) await control.addVerdict(verdict)
  if (person) await control.createPerson({ name: PERSON, ...person })
  if (app) await control.changeApp({ appid, ...app })
  if (settings) await control.changeSettings(settings)
}
