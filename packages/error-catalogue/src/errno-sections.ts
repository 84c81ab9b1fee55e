import { OPERATOR_GUIDE } from '@oa/api/src/errors/operator-guide.ts'
import { SITUATIONS } from '@oa/api/src/errors/text-situations.ts'
import { TEXTS } from '@oa/api/src/errors/texts.ts'
import { TEXTS_WITH_FIELDS } from '@oa/api/src/errors/texts-with-fields.ts'
import type { Words } from '@oa/api/src/errors/words.ts'
import type { ErrnoFailure } from '@oa/contracts'
import { HTTP_STATUS } from '@oa/contracts'
import { en } from '@oa/miniprogram/miniprogram/i18n/en.ts'
import { zhCN } from '@oa/miniprogram/miniprogram/i18n/zh-CN.ts'
import { ERRNO_ACTIONS } from '@oa/miniprogram/miniprogram/net/errno-actions.ts'
import { errnoTexts } from '@oa/miniprogram/miniprogram/net/errno-texts.ts'
import type { ErrnoName } from './errno-list.ts'
import { ERRNOS } from './errno-list.ts'
import { table } from './markdown.ts'
import type { Language } from './words.ts'
import { ACTIONS } from './words.ts'

const LABELS = {
  meaning: { zh: '含义', en: 'meaning' },
  name: { zh: '名称', en: 'name' },
  answer: { zh: '接口返回的 errmsg', en: 'errmsg of the API' },
  when: { zh: '何时', en: 'when' },
  shown: { zh: '用户看到', en: 'What the user reads' },
  client: { zh: '小程序处理', en: 'What the mini-program does' },
  operator: { zh: '运维处理', en: 'What an operator does' },
} satisfies Record<string, Words>

const ERRMSG: Words = { zh: '上面的 errmsg', en: 'the errmsg above' }
const NEVER_SEEN: Words = { zh: '不会收到。', en: 'It never gets this errno.' }
/** The client makes FAIL by itself, and its text by what happened on the phone. */
const FOR_EXAMPLE: Words = { zh: '按手机上的情况，例如：', en: 'what happened on the phone, e.g. ' }

const SHOWN = { zh: errnoTexts(zhCN), en: errnoTexts(en) }
const MESSAGES = { zh: zhCN, en }

/** The link to the section of an errno, in the part of the page that is in this language. */
export const linkTo = (errno: ErrnoFailure, language: Language): string =>
  `[${errno}](#${anchorOf(errno, language)})`

const anchorOf = (errno: ErrnoFailure, language: Language) => `${language}-${errno}`

export const renderErrnoOverview = (language: Language): string =>
  table(
    ['errno', LABELS.name[language], 'HTTP', LABELS.meaning[language]],
    ERRNOS.map(([name, errno]) => [
      linkTo(errno, language),
      `\`${name}\``,
      statusOf(errno),
      OPERATOR_GUIDE[name].meaning[language],
    ]),
  )

export const renderErrnoSections = (language: Language): string =>
  ERRNOS.map(([name, errno]) => renderSection(name, errno, language)).join('\n\n')

const renderSection = (name: ErrnoName, errno: ErrnoFailure, language: Language) => {
  const { meaning, operator } = OPERATOR_GUIDE[name]
  const heading = `<a id="${anchorOf(errno, language)}"></a>\n\n#### ${errno} ${name}: ${meaning[language]}`
  const texts = textsOf(name, language)
  const lines = [
    ...clientLines(name, errno, language),
    `- **${LABELS.operator[language]}**${COLON[language]}${operator[language]}`,
  ]
  const answers =
    texts.length === 0 ? [] : [table([LABELS.answer[language], LABELS.when[language]], texts)]

  return [heading, ...answers, lines.join('\n')].join('\n\n')
}

const COLON: Words = { zh: '：', en: ': ' }

/** Those of the table, then those that name a field. */
const textsOf = (name: ErrnoName, language: Language): [text: string, when: string][] => {
  const situations: Readonly<Record<string, Words>> = SITUATIONS[name]
  const withFields: Readonly<Record<string, { text: string; when: Words }>> = TEXTS_WITH_FIELDS
  const extra = withFields[name]
  return [
    ...Object.entries(TEXTS[name]).map(([key, text]): [string, string] => [
      text,
      situations[key]?.[language] ?? '',
    ]),
    ...(extra === undefined ? [] : [[extra.text, extra.when[language]] satisfies [string, string]]),
  ]
}

const clientLines = (name: ErrnoName, errno: ErrnoFailure, language: Language): string[] => {
  const client = `- **${LABELS.client[language]}**${COLON[language]}`
  if (OPERATOR_GUIDE[name].notForMiniProgram) return [client + NEVER_SEEN[language]]
  return [
    `- **${LABELS.shown[language]}**${COLON[language]}${shownText(name, errno, language)}`,
    client + ACTIONS[ERRNO_ACTIONS[errno]][language],
  ]
}

const shownText = (name: ErrnoName, errno: ErrnoFailure, language: Language) => {
  if (name === 'FAIL') return FOR_EXAMPLE[language] + MESSAGES[language].errors.network
  return SHOWN[language][errno] || ERRMSG[language]
}

/** The client makes -1 by itself: there is no response. */
const statusOf = (errno: ErrnoFailure) => (errno < 0 ? '–' : String(HTTP_STATUS[errno]))
