import type { glassEasel } from 'glass-easel-miniprogram-adapter'

export type DialogKind =
  | 'modal'
  | 'actionSheet'
  | 'authorize'
  | 'phone'
  | 'avatar'
  | 'privacy'
  | 'picker'
  | 'subscribe'

/** Something that waits for the person: a modal, a sheet. `answer` closes it. */
export interface Dialog {
  kind: DialogKind
  /** What it says, by the names of the wx function that opened it. */
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

/** What the host, not the app, shows around and above pages. */
export interface HostUi {
  dialogs: Dialog[]
  toast: Toast | null
  loading: Toast | null
  /** The text field in which the person types. */
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
  /** Shows a dialog; resolves with what it is answered. */
  ask<Answer>(kind: DialogKind, content: Record<string, unknown>): Promise<Answer>
  /** The dialog of one of these kinds that is on top. */
  topDialog(...kinds: DialogKind[]): Dialog | undefined
  /** Must be called after a change of the fields above. */
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
    ask: (kind, content) =>
      new Promise((resolve) => {
        const dialog: Dialog = {
          kind,
          content,
          answer(value) {
            ui.dialogs = ui.dialogs.filter((open) => open !== dialog)
            onChange()
            resolve(value as never)
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
