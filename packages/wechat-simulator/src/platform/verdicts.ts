/** What WeChat thinks of a content. */
export interface Verdict {
  suggest: 'pass' | 'review' | 'risky'
  /** 100 is normal; 20001 politics, 20002 pornography, 20006 crime … */
  label: number
}

/** Contents that hold this text get this verdict. */
export interface VerdictRule extends Verdict {
  contains: string
}

export interface Verdicts {
  /** Adds a rule; later rules come first. */
  add: (rule: VerdictRule) => VerdictRule
  judge: (content: string) => Verdict & { keyword?: string }
}

// The texts by which WeChat's own documentation lets one try the check.
const BUILT_IN: readonly VerdictRule[] = [
  { contains: '特3456书yuuo莞6543李zxcz蒜7782法fgnv级', suggest: 'risky', label: 20001 },
  { contains: '完2347全dfji试3726测asad感3847知qwez到', suggest: 'risky', label: 20001 },
]

export const createVerdicts = (): Verdicts => {
  const rules = [...BUILT_IN]

  return {
    add: (rule) => {
      rules.unshift(rule)
      return rule
    },
    judge: (content) => {
      const rule = rules.find(({ contains }) => content.includes(contains))
      if (!rule) return { suggest: 'pass', label: 100 }
      return { suggest: rule.suggest, label: rule.label, keyword: rule.contains }
    },
  }
}
