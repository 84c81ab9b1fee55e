import { createHash } from 'node:crypto'

/** What WeChat thinks of a content. */
export interface Verdict {
  suggest: 'pass' | 'review' | 'risky'
  /** 100 is normal; 20001 politics, 20002 pornography, 20006 crime … */
  label: number
}

/** Contents that hold this text, or the file of this digest, get this verdict. */
export interface VerdictRule extends Verdict {
  /** A part of a text, of a URL or of the bytes of a file. */
  contains?: string
  /** SHA-256 of a file, in hexadecimal. */
  sha256?: string
  /** media_check_async could not judge the file: -1008 is one that cannot be downloaded. */
  mediaErrcode?: number
}

export type Judgement = Verdict & { keyword?: string; mediaErrcode?: number }

export interface Verdicts {
  /** Adds a rule; later rules come first. */
  add: (rule: VerdictRule) => VerdictRule
  /** Judges a text or a URL; `version1` also by WeChat's sample texts for that version. */
  judge: (content: string, version1?: boolean) => Judgement
  judgeFile: (bytes: Buffer) => Judgement
}

// WeChat publishes them to try version 1 with; version 2 lets them pass.
// https://developers.weixin.qq.com/miniprogram/dev/framework/security.msgSecCheck-v1.html
const SAMPLES: readonly VerdictRule[] = [
  { contains: '特3456书yuuo莞6543李zxcz蒜7782法fgnv级', suggest: 'risky', label: 20001 },
  { contains: '完2347全dfji试3726测asad感3847知qwez到', suggest: 'risky', label: 20001 },
]

export const createVerdicts = (): Verdicts => {
  const rules: VerdictRule[] = []

  return {
    add: (rule) => {
      rules.unshift(rule)
      return rule
    },
    judge: (content, version1 = false) =>
      toJudgement(
        [...rules, ...(version1 ? SAMPLES : [])].find(
          ({ contains }) => contains !== undefined && content.includes(contains),
        ),
      ),
    judgeFile: (bytes) => {
      const digest = createHash('sha256').update(bytes).digest('hex')
      const concerns = ({ contains, sha256 }: VerdictRule) =>
        sha256 === digest || (contains !== undefined && bytes.includes(contains))

      return toJudgement(rules.find(concerns))
    },
  }
}

const toJudgement = (rule: VerdictRule | undefined): Judgement => {
  if (!rule) return { suggest: 'pass', label: 100 }
  const { suggest, label, contains, mediaErrcode } = rule

  return {
    suggest,
    label,
    ...(contains === undefined ? {} : { keyword: contains }),
    ...(mediaErrcode === undefined ? {} : { mediaErrcode }),
  }
}
