import type { Platform } from '../platform/platform.ts'
import { subscribeEvent } from '../push/subscribe-event.ts'
import { requireApp, requireFrequency, requirePerson } from './actions.ts'
import type { LoginRequest, SettingChange } from './schemas/index.ts'

/** What wx.getSetting answers, `withSubscriptions` too. */
export interface SettingAnswer {
  errMsg: string
  /** What the person has decided, by scope. */
  authSetting: Record<string, boolean>
  subscriptionsSetting: { mainSwitch: boolean; itemSettings?: Record<string, string> }
}

/** What wx.getSetting answers. https://developers.weixin.qq.com/miniprogram/dev/api/open-api/setting/wx.getSetting.html */
export const getSetting = ({ appid, person }: LoginRequest, platform: Platform): SettingAnswer => {
  const app = requireApp(appid, platform)
  const { name, authSettings } = requirePerson(person, platform)
  requireFrequency('getSetting', app.appid, name, platform)
  const { mainSwitch, itemSettings } = platform.subscriptions.settings(app.appid, name)
  const isRemembered = Object.keys(itemSettings).length > 0

  return {
    errMsg: 'getSetting:ok',
    authSetting: { ...authSettings.get(app.appid) },
    subscriptionsSetting: { mainSwitch, ...(isRemembered ? { itemSettings } : {}) },
  }
}

/** Applies changes that the person makes on the app's settings page; refusals are pushed. */
export const changeSetting = (
  { appid, person: name, mainSwitch, itemSettings = {}, authSetting = {} }: SettingChange,
  platform: Platform,
) => {
  const app = requireApp(appid, platform)
  const person = requirePerson(name, platform)
  const chosen = platform.subscriptions.settings(app.appid, person.name)
  if (mainSwitch !== undefined) chosen.mainSwitch = mainSwitch
  Object.assign(chosen.itemSettings, itemSettings)
  person.authSettings.set(app.appid, { ...person.authSettings.get(app.appid), ...authSetting })
  const refused = Object.keys(itemSettings).filter((id) => itemSettings[id] === 'reject')
  for (const id of refused) platform.subscriptions.revoke(app.appid, person.name, id)
  if (app.push && refused.length > 0) {
    const list = refused.map((TemplateId) => ({ TemplateId, SubscribeStatusString: 'reject' }))
    void platform.pushes.deliver(
      app,
      subscribeEvent('subscribe_msg_change_event', list, app, person),
    )
  }

  return {}
}
