/** The same in two languages, for readers of docs/errors.md. */
export type Words = { zh: string; en: string }
