import type { HostBindings } from './host-bindings.ts'
import type { View } from './view/view.ts'

/** What surrounds the runtime: a worker of Node or a page of a browser. */
export interface Environment extends HostBindings {
  view: View
}
