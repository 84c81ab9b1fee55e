export type SqlSummary = { operation: string; table: string | null }

const VERB = /^[\s(]*(?<verb>[a-z]+)/i
const KNOWN = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'SET', 'BEGIN', 'COMMIT', 'ROLLBACK']
/** Where the table of a statement stands; the database may be named before it. */
const TABLE = /\b(?:FROM|INTO|UPDATE)\s+(?:`?\w+`?\.)?`?(?<table>[a-z_][a-z0-9_]*)`?/i

/**
 * What a statement does, and to which table first, without anything else that its text may hold. A verb
 * that is not listed is `OTHER`.
 */
export const summarizeSql = (text: string): SqlSummary => {
  const verb = VERB.exec(text)?.groups?.verb?.toUpperCase() ?? ''
  if (!KNOWN.includes(verb)) return { operation: 'OTHER', table: null }
  return { operation: verb, table: TABLE.exec(text)?.groups?.table ?? null }
}
