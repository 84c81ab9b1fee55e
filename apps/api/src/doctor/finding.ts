/** What `oa doctor` says about one thing. */
export type Finding = {
  what: string
  state: 'ok' | 'problem' | 'skipped'
  /** Without secrets. */
  found: string
  /** What to do about a problem. */
  cure?: { en: string; zh: string }
}

export const fine = (what: string, found: string): Finding => ({ what, state: 'ok', found })

export const skipped = (what: string, found: string): Finding => ({ what, state: 'skipped', found })

export const problem = (what: string, found: string, en: string, zh: string): Finding => ({
  what,
  state: 'problem',
  found,
  cure: { en, zh },
})
