import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Bundle } from '../../../compile/bundle.ts'
import type { HostBindings } from '../../host-bindings.ts'
import type { PageComponents } from '../../router/page-record.ts'
import type { Router } from '../../router/router.ts'
import type { HostUi } from '../../ui/host-ui.ts'
import type { FileStore } from '../../wx/file-store.ts'
import type { Privacy } from '../../wx/privacy-state.ts'
import type { SystemState } from '../../wx/system-state.ts'

/** What the DOM view uses of the running mini-program. */
export interface DomRuntime {
  bundle: Bundle
  environment: Pick<HostBindings, 'call'>
  components: Pick<PageComponents, 'configOf'>
  router: Router
  ui: HostUi
  files: FileStore
  privacy: Privacy
  system: SystemState
}

/** The rendering of a built-in tag: the content of its element and the updates from its data. */
export interface Look {
  /** Properties to set as attributes of the element, for use in style selectors. */
  attributes?: string[]
  create?(host: HTMLElement, component: glassEasel.GeneralComponent, runtime: DomRuntime): void
  update?(
    host: HTMLElement,
    data: Record<string, unknown>,
    component: glassEasel.GeneralComponent,
    runtime: DomRuntime,
  ): void
}
