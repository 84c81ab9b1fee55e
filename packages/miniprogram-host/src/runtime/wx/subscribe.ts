import { isInTap } from '../components/tap-gesture.ts'
import { record } from '../plain.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'

/** Subscribe messages, and the settings page where their choices can be changed. */
export const subscribeApi: Area = (runtime, api) => ({
  requestSubscribeMessage: api('requestSubscribeMessage', async ({ tmplIds }) => {
    if (!isInTap()) throw failure('can only be invoked by user TAP gesture.')
    const templates = Array.isArray(tmplIds) ? [...new Set(tmplIds.map(String))] : []
    const { environment } = runtime
    const offer = await environment.call('platform.subscribeOffer', { templates })
    if ('failure' in offer) throw failure(offer.failure, undefined, { errCode: offer.errCode })
    // A choice that is kept is applied without asking.
    const choice = offer.shown.length === 0 ? KEPT : await askFor(runtime, offer.shown)
    const outcome = await environment.call('platform.subscribe', { templates, ...choice })
    if ('failure' in outcome)
      throw failure(outcome.failure, undefined, { errCode: outcome.errCode })
    return outcome
  }),
  getSetting: api('getSetting', async ({ withSubscriptions }) => ({
    authSetting: { ...runtime.system.authSetting },
    ...(await subscriptionsOf(runtime, withSubscriptions)),
  })),
  openSetting: api('openSetting', async ({ withSubscriptions }) => {
    if (withSubscriptions === true) {
      const { environment, ui } = runtime
      const known = await environment.call('platform.subscriptions', null)
      const change = record(await ui.ask<unknown>('settings', { title: '订阅消息', ...known }))
      await environment.call('platform.changeSubscriptions', {
        mainSwitch: typeof change.mainSwitch === 'boolean' ? change.mainSwitch : known.mainSwitch,
        itemSettings: choicesIn(record(change.itemSettings)),
      })
    }
    return {
      authSetting: { ...runtime.system.authSetting },
      ...(await subscriptionsOf(runtime, withSubscriptions)),
    }
  }),
})

const KEPT = { accepted: [] as string[], always: false }

/** The answer is true or false for all templates, or says which of them, and whether for good. */
const askFor = async (
  { ui }: Pick<WxRuntime, 'ui'>,
  shown: readonly { id: string; title: string }[],
) => {
  const answer = await ui.ask<unknown>('subscribe', { title: '获取以下通知', templates: shown })
  const { allow, templates, always } = record(answer)
  const all = shown.map(({ id }) => id)
  const ticked = Array.isArray(templates) ? all.filter((id) => templates.includes(id)) : all
  return {
    accepted: answer === true || allow === true ? ticked : [],
    always: always === true,
  }
}

const subscriptionsOf = async (
  { environment }: Pick<WxRuntime, 'environment'>,
  withSubscriptions: unknown,
) => {
  if (withSubscriptions !== true) return {}
  return { subscriptionsSetting: await environment.call('platform.subscriptions', null) }
}

const choicesIn = (settings: Record<string, unknown>): Record<string, 'accept' | 'reject'> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([id, choice]) =>
      choice === 'accept' || choice === 'reject' ? [[id, choice]] : [],
    ),
  )
