import type { HostBindings } from './host-bindings.ts'
import type { View } from './view/view.ts'

/** What a worker of Node or a browser page provides to the runtime. */
export interface Environment extends HostBindings {
  view: View
}
