import type { TStringOptions } from 'typebox'
import { Type } from 'typebox'

/**
 * Text that people read: well-formed Unicode, no control, bidi-override or invisible characters
 * (emoji sequences may hold some), and at least one visible character unless empty. Lengths count
 * code points, as the database columns do.
 */
export const DISPLAY_TEXT_FORMAT = 'display-text'

export const DisplayText = (options: TStringOptions & { maxLength: number }) =>
  Type.String({ ...options, format: DISPLAY_TEXT_FORMAT })

/** An instant in UTC, RFC 3339 with milliseconds. */
export const Instant = () =>
  Type.String({ format: 'date-time', examples: ['2026-11-21T08:00:00.000Z'] })
