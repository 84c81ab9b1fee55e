import type { ConsentsResult, MessageKind } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import type { SubscribeAnswer, SubscribeSettings } from '../../../ui/subscribe'

const { reminders } = messages

/** A kind of reminder as the page shows it. */
export type Reminder = {
  id: string
  name: string
  text: string
  left: string
  /** None is left, or nothing can be sent. */
  isNone: boolean
  action: string
  /** Refused for good in WeChat: only its settings help. */
  isRefused: boolean
}

const texts = (): Record<MessageKind, [name: string, text: string]> => ({
  new_device: [reminders.newDevice, reminders.newDeviceText],
  invited: [reminders.invited, reminders.invitedText],
  changed: [reminders.changed, reminders.changedText],
  cancelled: [reminders.cancelled, reminders.cancelledText],
  starting: [reminders.starting, reminders.startingText],
  approval: [reminders.approval, reminders.approvalText],
  result: [reminders.result, reminders.resultText],
  vote: [reminders.vote, reminders.voteText],
})

/** What the user is told when WeChat gave no consent; the page itself says that all is switched off. */
export const refusalOf = (answer: Exclude<SubscribeAnswer, 'accepted'>): string => {
  const texts: Record<typeof answer, string> = {
    declined: reminders.declined,
    banned: reminders.banned,
    unsupported: reminders.unsupported,
    failed: reminders.failed,
    off: '',
  }

  return texts[answer]
}

type Template = ConsentsResult['templates'][number]

/** A kind that a newer server knows and this version does not is left out. */
export const toReminders = (templates: Template[], settings: SubscribeSettings): Reminder[] =>
  templates.flatMap(({ kind, id, left }) => {
    const known: [string, string] | undefined = texts()[kind]
    if (!known) return []
    const [name, text] = known
    return {
      id,
      name,
      text,
      left: left > 0 ? fillIn(reminders.left, { count: left }) : reminders.none,
      isNone: left === 0,
      action: left > 0 ? reminders.more : reminders.allow,
      isRefused: settings.refused.includes(id),
    }
  })

export const leftOf = (templates: Template[], id: string): number =>
  templates.find((template) => template.id === id)?.left ?? 0
