import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Runtime } from '../../runtime.ts'

/** How a built-in tag is drawn: what is put into its element, and what follows its data. */
export interface Look {
  /** Properties that styles select by, as attributes of the element. */
  attributes?: string[]
  create?(host: HTMLElement, component: glassEasel.GeneralComponent, runtime: Runtime): void
  update?(
    host: HTMLElement,
    data: Record<string, unknown>,
    component: glassEasel.GeneralComponent,
    runtime: Runtime,
  ): void
}
