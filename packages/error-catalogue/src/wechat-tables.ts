import type { WeChatContext } from '@oa/api/src/errors/wechat-errors.ts'
import { outcomeOf } from '@oa/api/src/errors/wechat-errors.ts'
import type { Words } from '@oa/api/src/errors/words.ts'
import type { ErrnoFailure } from '@oa/contracts'
import type { ErrcodeEntry, WeChatErrorReason } from '@oa/wechat'
import { describeErrcode, ERRCODES } from '@oa/wechat'
import { linkTo } from './errno-sections.ts'
import { table } from './markdown.ts'
import type { Language } from './words.ts'
import { errcodeOperator, REASON_OPERATOR, REASONS } from './words.ts'

const CONTEXTS: readonly WeChatContext[] = ['signIn', 'phone', 'internal']

const CONTEXT_NAMES: Record<Language, readonly string[]> = {
  zh: ['登录', '手机号', '其他服务'],
  en: ['sign-in', 'phone', 'services'],
}
const MEANING: Words = { zh: '含义', en: 'meaning' }
const OPERATOR: Words = { zh: '运维处理', en: 'what an operator does' }
const OTHERS: Words = { zh: '其他', en: 'others' }

/** A number that WeChat does not use: it stands for every errcode that is not in the catalogue. */
const UNKNOWN_ERRCODE = Number.MAX_SAFE_INTEGER

/** What each reason of the WeChat client becomes; errcodes can differ, which the next table shows. */
export const renderReasons = (language: Language): string =>
  table(
    ['reason', MEANING[language], ...CONTEXT_NAMES[language], OPERATOR[language]],
    Object.entries(REASONS).map(([name, words]) => {
      // The keys are the reasons: the record is complete by its type.
      const reason = name as WeChatErrorReason
      return [
        `\`${reason}\``,
        words[language],
        ...errnosOf(reason, null, (errno) => linkTo(errno, language)),
        REASON_OPERATOR[reason][language],
      ]
    }),
  )

export const renderErrcodes = (language: Language): string =>
  table(
    ['errcode', MEANING[language], 'reason', ...CONTEXT_NAMES[language], OPERATOR[language]],
    [
      ...Object.entries(ERRCODES)
        .map(([errcode, entry]): [number, ErrcodeEntry] => [Number(errcode), entry])
        .sort(([one], [other]) => one - other)
        .map(([errcode, entry]) => renderErrcode(String(errcode), errcode, entry, language)),
      renderErrcode(OTHERS[language], UNKNOWN_ERRCODE, describeErrcode(UNKNOWN_ERRCODE), language),
    ],
  )

const renderErrcode = (
  label: string,
  errcode: number,
  entry: ErrcodeEntry,
  language: Language,
): string[] => [
  label,
  entry[language],
  `\`${entry.reason}\``,
  ...errnosOf(entry.reason, errcode, String),
  errcodeOperator(entry)[language],
]

/** In each context; bold where an operator is alerted. */
const errnosOf = (
  reason: WeChatErrorReason,
  errcode: number | null,
  write: (errno: ErrnoFailure) => string,
) =>
  CONTEXTS.map((context) => {
    const { errno, alert } = outcomeOf(context, { reason, errcode })
    return alert === undefined ? write(errno) : `**${write(errno)}**`
  })
