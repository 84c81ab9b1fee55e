import type { Control } from '@oa/wechat-simulator/control'
import type { Phone } from './phone.ts'
import { APP_ID } from './project.ts'
import type { Target } from './target.ts'

/** What the user does about subscribe messages. */
export interface ReminderActions {
  /** Taps the button at that place, and answers WeChat's sheet, or does not where a choice is kept. */
  tapReminder(
    templateId: string,
    where: string,
    answer: 'allow' | 'refuse' | 'nothing',
  ): Promise<void>
  /** Taps the way to WeChat's settings, changes the choice about a template there, and comes back. */
  changeReminderSetting(templateId: string, choice: 'accept' | 'reject'): Promise<void>
}

/** The user of the phone, another one in each test, and the WeChat that knows them. */
interface Owner {
  readonly person: string
  readonly wechat: Control
}

export const reminderActions = (owner: Owner, target: Target, phone: Phone): ReminderActions => ({
  async tapReminder(templateId, where, answer) {
    if (target.hasWeChat) {
      await phone.tap(where)
      if (answer !== 'nothing') await phone.answerSheet(answer === 'allow')
      return
    }
    // In DevTools no sheet can be answered: the page gets what the simulated WeChat answers.
    const { person, wechat } = owner
    const answers = {
      [templateId]: answer === 'refuse' ? ('reject' as const) : ('accept' as const),
    }
    const request = { appid: APP_ID, person, tmplIds: [templateId], answers }
    await target.program.mockWxMethod(
      'requestSubscribeMessage',
      await wechat.requestSubscribe(request),
    )
    await phone.tap(where)
  },
  async changeReminderSetting(templateId, choice) {
    const { person, wechat } = owner
    await wechat.changeSetting({ appid: APP_ID, person, itemSettings: { [templateId]: choice } })
    if (!target.hasWeChat) {
      const setting = await wechat.setting({ appid: APP_ID, person })
      await target.program.mockWxMethod('openSetting', { errMsg: 'openSetting:ok' })
      await target.program.mockWxMethod('getSetting', setting)
    }
    await phone.tap('.open-settings')
    if (target.hasWeChat) await phone.answerSheet(true)
  },
})
