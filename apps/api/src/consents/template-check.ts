import { WeChatError } from '@oa/wechat'
import type { MessageTemplate } from '../config/message-templates.ts'
import type { Log } from '../infra/logging/log.ts'
import type { WeChats } from '../infra/wechat/wechats.ts'

/** A template as WeChat lists it, with the names of its fields. */
export type ListedTemplate = { id: string; fields: string[] }

/** What is wrong with each configured template, in words for an operator. */
export const templateProblems = (
  configured: readonly Omit<MessageTemplate, 'appId'>[],
  listed: readonly ListedTemplate[],
): { kind: string; problem: string }[] =>
  configured.flatMap(({ kind, id, fields }) => {
    const template = listed.find((one) => one.id === id)
    if (template === undefined) return { kind, problem: 'this mini-program has no such template' }
    const given = Object.values(fields)
    const missing = template.fields.filter((field) => !given.includes(field))
    const unknown = given.filter((field) => !template.fields.includes(field))
    return [
      ...(missing.length > 0 ? [{ kind, problem: `nothing fills ${missing.join(', ')}` }] : []),
      ...(unknown.length > 0
        ? [{ kind, problem: `the template has no ${unknown.join(', ')}` }]
        : []),
    ]
  })

type Deps = {
  templates: readonly MessageTemplate[]
  wechats: Pick<WeChats, 'of'>
  log: Log
}

/** Compares WX_TEMPLATES with WeChat's lists, and warns of what is wrong; never rejects for WeChat's sake. */
export const checkTemplates = async (deps: Deps): Promise<void> => {
  const appIds = new Set(deps.templates.map(({ appId }) => appId))
  for (const appId of appIds) await checkApp(appId, deps)
}

const checkApp = async (appId: string, { templates, wechats, log }: Deps) => {
  const own = templates.filter((one) => one.appId === appId)
  try {
    const problems = templateProblems(own, await wechats.of(appId).listTemplates())
    for (const { kind, problem } of problems) {
      log.warn({ appId, kind }, `WX_TEMPLATES: messages of this kind will fail: ${problem}`)
    }
    if (problems.length === 0)
      log.info({ appId }, 'WX_TEMPLATES agrees with the templates at WeChat')
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    log.warn(
      { appId, err: error },
      'WX_TEMPLATES could not be compared with the templates at WeChat',
    )
  }
}
