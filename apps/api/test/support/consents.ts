import type { ConsentsResult } from '@oa/contracts'
import type { TestApi } from './start-test-api.ts'
import { openidOf, TEST_APP } from './start-test-api.ts'

const { appid } = TEST_APP

/** Kinds, each with a template that the simulator knows. */
export const TEMPLATES = {
  new_device: {
    id: 'template-new-device',
    fields: { device: 'thing1', time: 'time2', ip: 'character_string3' },
  },
  invited: { id: 'template-invited', fields: { title: 'thing1', time: 'time2' } },
} as const
export const NEW_DEVICE = TEMPLATES.new_device.id
export const INVITED = TEMPLATES.invited.id
export const WX_TEMPLATES = JSON.stringify(TEMPLATES)
export const SEND = '/cgi-bin/message/subscribe/send'

/** What users do about subscribe messages, at WeChat and at the API. */
export const consentTools = (api: Pick<TestApi, 'call' | 'simulator'>) => {
  const { control } = api.simulator
  return {
    async addTemplates() {
      for (const { id: templateId, fields } of Object.values(TEMPLATES)) {
        await control.addTemplate({ appid, templateId, fields: Object.values(fields) })
      }
    },
    /** What `wx.requestSubscribeMessage` does on that person's phone. */
    ask: (person: string, tmplIds: string[], change: object = {}) =>
      control.requestSubscribe({ appid, person, tmplIds, ...change }),
    refuse: (person: string, templateId: string) =>
      control.changeSetting({ appid, person, itemSettings: { [templateId]: 'reject' } }),
    read: (token: string) => api.call<ConsentsResult>('/wx/notice/consents', { token }),
    report: (token: string, accepted: unknown) =>
      api.call<ConsentsResult>('/wx/notice/consents', {
        method: 'POST',
        token,
        body: { accepted },
      }),
    async left(token: string, templateId: string) {
      const { data } = await api.call<ConsentsResult>('/wx/notice/consents', { token })
      return data.templates.find(({ id }) => id === templateId)?.left
    },
    /** The event of WeChat's about a dialog, for `pushByHand`. */
    async accepting(person: string, templateId: string, CreateTime: number) {
      return {
        FromUserName: await openidOf(api, person),
        Event: 'subscribe_msg_popup_event',
        CreateTime,
        List: { TemplateId: templateId, SubscribeStatusString: 'accept', PopupScene: '0' },
      }
    },
    messagesTo: async (person: string) =>
      (await control.messages()).filter((message) => message.person === person),
  }
}
