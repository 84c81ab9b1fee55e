import type { Answer, Answers } from '../answer-script.ts'
import type { Values } from '../values.ts'
import { fillText } from '../values.ts'
import type { SeenRequest } from './seen-request.ts'

/** Chooses the answer to a request. */
export type Script = (request: SeenRequest) => Answer

const TOKEN_PATHS: readonly string[] = ['/cgi-bin/token', '/cgi-bin/stable_token']

/**
 * Whether a name in a script covers a path: the path itself, `token` for both token endpoints, `*`
 * for every other path that is not among `names`.
 */
export const isNamed = (path: string, name: string, names: readonly string[]): boolean => {
  const isToken = TOKEN_PATHS.includes(path)
  if (name === 'token') return isToken
  if (name === '*') return !isToken && !names.includes(path)

  return path === name
}

/** By default tokens are issued and every other call succeeds; `answers` replace that by path. */
export const createScript = (answers: Answers, values: Values): Script => {
  const whole: Answers = { ...DEFAULT_ANSWERS, ...answers }
  const names = Object.keys(whole)
  const queues = names.map((name) => ({ name, next: createAnswerQueue(whole[name] ?? [], values) }))

  return (request) =>
    queues.find(({ name }) => isNamed(request.path, name, names))?.next(request) ?? NO_ANSWER
}

const createAnswerQueue = (list: Answers[string], values: Values) => {
  const answers = (Array.isArray(list) ? list : list.cycle).map((answer) => ({
    answer,
    wanted: Object.entries(answer.ifQuery ?? {}).map(
      ([name, text]) => [name, fillText(text, values)] as const,
    ),
    left: answer.repeat ?? 1,
  }))

  return ({ query }: SeenRequest): Answer | undefined => {
    const fitting = answers.filter(({ wanted }) =>
      wanted.every(([name, value]) => query[name] === value),
    )
    let next = fitting.find(({ left }) => left > 0)
    if (!next && !Array.isArray(list)) {
      for (const entry of answers) entry.left = entry.answer.repeat ?? 1
      next = fitting[0]
    }
    if (next) next.left -= 1

    return (next ?? fitting.at(-1))?.answer
  }
}

const NO_ANSWER: Answer = { status: 500, text: 'the script has no answer for this' }

const DEFAULT_ANSWERS: Answers = {
  token: ['{access_token_1}', '{access_token_2}', '{access_token_3}', '{access_token_4}'].map(
    (access_token) => ({ json: { access_token, expires_in: 7_200 } }),
  ),
  '*': [{ json: { errcode: 0, errmsg: 'ok' } }],
}
