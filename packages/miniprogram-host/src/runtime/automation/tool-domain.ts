import { record } from '../plain.ts'
import type { AutomationRuntime, Domain, Params } from './domain.ts'

/** The methods `Tool.*`: information, and control of WeChat's own dialogs. */
export const toolDomain = (runtime: AutomationRuntime): Domain => ({
  'Tool.getInfo': () => ({ SDKVersion: runtime.bundle.sdkVersion, platform: 'miniprogram-host' }),
  'Tool.getTestAccounts': () => ({ accounts: [] }),
  'Tool.native': ({ method, data }) => {
    const run = NATIVE[String(method)]
    if (!run) throw new Error(`native.${method} unimplemented`)
    return run(runtime, record(data))
  },
})

type Native = (runtime: AutomationRuntime, data: Params) => unknown

const NATIVE: Record<string, Native> = {
  goHome: ({ router, bundle }) =>
    router.route('reLaunch', { url: `/${bundle.app.entryPagePath}` }).then(nothing),
  navigateLeft: ({ router }) => router.route('navigateBack', {}).then(nothing),
  switchTab: ({ router }, { url }) => router.route('switchTab', { url }).then(nothing),
  confirmModal: (runtime) => answerModal(runtime, true),
  cancelModal: (runtime) => answerModal(runtime, false),
  authorizeAllow: (runtime) => answerAuthorization(runtime, true),
  authorizeCancel: (runtime) => answerAuthorization(runtime, false),
}

const nothing = () => ({})

/** Confirming an action sheet selects its first item. */
const answerModal = ({ ui }: AutomationRuntime, confirm: boolean): unknown => {
  const dialog = ui.topDialog('modal', 'actionSheet', 'picker')
  if (!dialog) throw new Error('no modal is open')
  if (dialog.kind === 'modal') dialog.answer({ confirm })
  else if (dialog.kind === 'actionSheet') dialog.answer(confirm ? 0 : false)
  else dialog.answer(confirm ? { value: dialog.content.value ?? 0 } : false)
  return {}
}

const answerAuthorization = ({ ui }: AutomationRuntime, allow: boolean): unknown => {
  const dialog = ui.topDialog(
    'authorize',
    'phone',
    'avatar',
    'file',
    'privacy',
    'subscribe',
    'settings',
  )
  if (!dialog) throw new Error('no authorization dialog is open')
  dialog.answer(allow)
  return {}
}
