import { CHOICE_LOOKS } from './choice-looks.ts'
import { CONTENT_LOOKS } from './content-looks.ts'
import { FIELD_LOOKS } from './field-looks.ts'
import type { Look } from './look.ts'
import { SCROLL_LOOKS } from './scroll-looks.ts'

export const LOOKS: Record<string, Look> = {
  button: { attributes: ['type', 'size', 'plain', 'disabled', 'loading'] },
  ...CHOICE_LOOKS,
  ...CONTENT_LOOKS,
  ...FIELD_LOOKS,
  ...SCROLL_LOOKS,
}
