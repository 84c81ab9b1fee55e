import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { duringTap } from '../components/tap-gesture.ts'

export type DialogKind =
  | 'modal'
  | 'actionSheet'
  | 'authorize'
  | 'phone'
  | 'avatar'
  | 'file'
  | 'privacy'
  | 'picker'
  | 'subscribe'
  | 'settings'
  | 'scan'

/** An open modal or sheet that waits for the user. `answer` closes it, or throws and leaves it open. */
export interface Dialog {
  kind: DialogKind
  /** Its texts and options, named like those of the wx function that opened it. */
  content: Record<string, unknown>
  answer(value: unknown): void
}

export interface Toast {
  title: string
  icon: string
  image: string
  mask: boolean
}

export interface NavigationBar {
  frontColor?: string
  backgroundColor?: string
  loading: boolean
}

/** WeChat's own UI around and above the pages. */
export interface HostUi {
  dialogs: Dialog[]
  toast: Toast | null
  loading: Toast | null
  /** The focused text field. */
  focused: glassEasel.GeneralComponent | null
  navigationBars: Map<number, NavigationBar>
  tabBar: {
    hidden: boolean
    items: Map<
      number,
      {
        badge?: string
        redDot?: boolean
        text?: string
        iconPath?: string
        selectedIconPath?: string
      }
    >
    style: Record<string, unknown>
  }
  /** Shows a dialog; resolves with its answer. `refusal` says why an answer is impossible there. */
  ask<Answer>(
    kind: DialogKind,
    content: Record<string, unknown>,
    refusal?: (value: unknown) => string | undefined,
  ): Promise<Answer>
  /** The topmost dialog of the kinds. */
  topDialog(...kinds: DialogKind[]): Dialog | undefined
  /** Must be called after a change of the fields above, to redraw them. */
  changed(): void
}

export const createHostUi = (onChange: () => void): HostUi => {
  const ui: HostUi = {
    dialogs: [],
    toast: null,
    loading: null,
    focused: null,
    navigationBars: new Map(),
    tabBar: { hidden: false, items: new Map(), style: {} },
    ask: (kind, content, refusal) =>
      new Promise((resolve) => {
        const dialog: Dialog = {
          kind,
          content,
          answer(value) {
            const why = refusal?.(value)
            if (why) throw new Error(why)
            ui.dialogs = ui.dialogs.filter((open) => open !== dialog)
            onChange()
            // An app may open what needs a tap once a dialog was answered.
            duringTap(() => resolve(value as never))
          },
        }
        ui.dialogs.push(dialog)
        onChange()
      }),
    topDialog: (...kinds) => ui.dialogs.findLast((dialog) => kinds.includes(dialog.kind)),
    changed: onChange,
  }
  return ui
}
