import type { Template } from '../platform/subscriptions.ts'
import { getWithToken } from './authorize.ts'

/** The templates that the app has chosen. https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_getmessagetemplatelist */
export const getTemplates = getWithToken('/wxaapi/newtmpl/gettemplate', ({ app, platform }) => ({
  errcode: 0,
  errmsg: 'ok',
  data: platform.subscriptions.listTemplates(app.appid).map(toItem),
}))

const ONCE = 2
const LONG = 3

const toItem = ({ templateId, title = '', fields, type }: Template) => ({
  priTmplId: templateId,
  title,
  // WeChat puts the name that the console shows before each field.
  content: fields.map((field) => `${field}:{{${field}.DATA}}\n`).join(''),
  example: fields.map((field) => `${field}:-\n`).join(''),
  type: type === 'long' ? LONG : ONCE,
  keywordEnumValueList: [],
})
