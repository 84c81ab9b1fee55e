import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Runtime } from '../../runtime.ts'
import { CHOICE_LOOKS } from './choice-looks.ts'
import { CONTENT_LOOKS } from './content-looks.ts'
import { FIELD_LOOKS } from './field-looks.ts'
import { SCROLL_LOOKS } from './scroll-looks.ts'

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

export const LOOKS: Record<string, Look> = {
  button: { attributes: ['type', 'size', 'plain', 'disabled', 'loading'] },
  ...CHOICE_LOOKS,
  ...CONTENT_LOOKS,
  ...FIELD_LOOKS,
  ...SCROLL_LOOKS,
}
