import type { AppHolder } from './app/app.ts'
import type { Environment } from './environment.ts'
import type { Listeners } from './listeners.ts'
import { hidePage, showPage } from './router/page.ts'
import type { RouterRuntime } from './router/page-record.ts'
import type { Router } from './router/router.ts'
import type { HostUi } from './ui/host-ui.ts'
import type { Privacy } from './wx/privacy-state.ts'
import type { SystemState } from './wx/system-state.ts'

/** The methods `Host.*`, with which a test or the preview changes the phone's state. */
export type Controls = Record<string, (params: Record<string, unknown>) => unknown>

/** What the methods use of the running mini-program. */
interface ControlledRuntime extends RouterRuntime {
  environment: Environment
  listeners: Listeners
  app: AppHolder
  router: Router
  ui: HostUi
  privacy: Privacy
  system: SystemState
}

export const createControls = (runtime: ControlledRuntime): Controls => {
  const { system, listeners, router, app, privacy } = runtime
  return {
    'Host.setNetwork': ({ networkType = 'wifi', delay = 0 }) => {
      system.networkType = String(networkType)
      system.networkDelay = Number(delay)
      const isConnected = system.networkType !== 'none'
      listeners.call('NetworkStatusChange', { isConnected, networkType: system.networkType })
      listeners.call('NetworkWeakChange', {
        weakNet: system.networkDelay > 0,
        networkType: system.networkType,
      })
      return {}
    },
    'Host.setTheme': ({ theme }) => {
      system.theme = theme === 'dark' ? 'dark' : 'light'
      listeners.call('ThemeChange', { theme: system.theme })
      app.call('onThemeChange', { theme: system.theme })
      runtime.environment.view.refreshUi()
      return {}
    },
    'Host.setFontSize': ({ fontSizeSetting }) => {
      system.fontSizeSetting = Number(fontSizeSetting)
      runtime.environment.view.refreshUi()
      for (const page of router.openPages()) {
        page.component.triggerPageLifetime('resize', [{ size: system.info() }])
      }
      return {}
    },
    'Host.setPrivacy': ({ enforced, agreed, undeclared }) => {
      if (typeof enforced === 'boolean') privacy.enforced = enforced
      if (typeof agreed === 'boolean') privacy.agreed = agreed
      if (Array.isArray(undeclared)) privacy.undeclared = new Set(undeclared.map(String))
      return {}
    },
    'Host.hideApp': () => {
      hidePage(runtime, router.top())
      app.call('onHide', {})
      listeners.call('AppHide', {})
      return {}
    },
    'Host.showApp': () => {
      app.call('onShow', { ...app.launch })
      listeners.call('AppShow', { ...app.launch })
      const page = router.top()
      if (page) showPage(runtime, page, false)
      return {}
    },
    'Host.announceUpdate': ({ failed }) => {
      listeners.call(failed === true ? 'UpdateFailed' : 'UpdateReady', {})
      return {}
    },
    'Host.getUi': () => ({
      toast: runtime.ui.toast,
      loading: runtime.ui.loading,
      dialogs: runtime.ui.dialogs.map(({ kind, content }) => ({ kind, content })),
      title: router.top()?.title ?? '',
      faults: router.top()?.faults ?? [],
    }),
    'Host.answer': ({ value }) => {
      const dialog = runtime.ui.dialogs.at(-1)
      if (!dialog) throw new Error('no dialog is open')
      dialog.answer(value)
      return {}
    },
  }
}
