import type { Words } from './words.ts'

/** The texts that name a field of the request and so are not in `TEXTS`; for docs/errors.md. */
export const TEXTS_WITH_FIELDS = {
  BAD_ARGUMENT: {
    text: '参数错误：…',
    when: {
      zh: '字段缺失、多余、过长，或类型、格式不对；提示语写明字段名，不重复其值',
      en: 'A field is missing, unknown, too long, or of a wrong type or format; the text names the field and never repeats its value.',
    },
  },
  BAD_VALUE: {
    text: '参数错误：userInfo.avatarUrl …',
    when: { zh: '头像地址不是微信的', en: 'The avatar is not an address of WeChat.' },
  },
} as const satisfies Record<string, { text: string; when: Words }>
