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

/** Display text of several lines, of which some may be empty. */
export const DISPLAY_LINES_FORMAT = 'display-lines'

/** An instant in UTC, RFC 3339 with milliseconds. */
export const Instant = () =>
  Type.String({
    format: 'date-time',
    maxLength: 24,
    examples: ['2026-11-21T08:00:00.000Z'],
  })

/** The schema, or null. */
export const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
