import { expect } from 'vitest'
import type { FullClient } from './full-client.ts'
import { APP_ID, SESSION_KEY } from './support.ts'

export const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const PROOF = {
  openid: 'oPerson',
  signature: expect.stringMatching(/^[0-9a-f]{64}$/),
  sig_method: 'hmac_sha256',
}
const SESSION = { openid: 'oPerson', sessionKey: SESSION_KEY }
const WATERMARK = { timestamp: 1_700_000_000, appid: APP_ID }
const PHONE = {
  phoneNumber: '+8613800138000',
  purePhoneNumber: '13800138000',
  countryCode: '86',
}

/** One named call: what it sends, an answer, and the result that the call reads from it. */
export type Case = {
  call: (client: FullClient) => Promise<unknown>
  path: string
  query?: object
  body?: unknown
  reply: unknown
  result: unknown
}

export const CASES: Record<string, Case> = {
  getPhoneNumber: {
    call: (client) => client.getPhoneNumber('code1', { openid: 'oPerson' }),
    path: '/wxa/business/getuserphonenumber',
    body: { code: 'code1', openid: 'oPerson' },
    reply: { errcode: 0, errmsg: 'ok', phone_info: { ...PHONE, watermark: WATERMARK } },
    result: PHONE,
  },
  checkSessionKey: {
    call: (client) => client.checkSessionKey(SESSION),
    path: '/wxa/checksession',
    query: PROOF,
    reply: { errcode: 0, errmsg: 'ok' },
    result: true,
  },
  'checkSessionKey with an old key': {
    call: (client) => client.checkSessionKey(SESSION),
    path: '/wxa/checksession',
    query: PROOF,
    reply: { errcode: 87009, errmsg: 'invalid signature' },
    result: false,
  },
  resetUserSessionKey: {
    call: (client) => client.resetUserSessionKey(SESSION),
    path: '/wxa/resetusersessionkey',
    query: PROOF,
    reply: { errcode: 0, openid: 'oPerson', session_key: 'DwAECAwQFBgcICQoLDA0OA==' },
    result: { openid: 'oPerson', sessionKey: 'DwAECAwQFBgcICQoLDA0OA==' },
  },
  getUserEncryptKey: {
    call: (client) => client.getUserEncryptKey(SESSION),
    path: '/wxa/business/getuserencryptkey',
    query: PROOF,
    body: {},
    reply: {
      errcode: 0,
      key_info_list: [
        {
          encrypt_key: SESSION_KEY,
          iv: SESSION_KEY,
          version: 10,
          expire_in: 3_597,
          create_time: 1,
        },
      ],
    },
    result: [
      {
        encryptKey: SESSION_KEY,
        iv: SESSION_KEY,
        version: 10,
        expiresInSeconds: 3_597,
        createdAt: new Date(1_000),
      },
    ],
  },
  msgSecCheck: {
    call: (client) =>
      client.msgSecCheck({ openid: 'oPerson', scene: 'comment', content: '你好', nickname: '李' }),
    path: '/wxa/msg_sec_check',
    body: { version: 2, scene: 2, openid: 'oPerson', content: '你好', nickname: '李' },
    reply: { errcode: 0, trace_id: 't-1', result: { suggest: 'risky', label: 20002 }, detail: [] },
    result: { suggest: 'risky', label: 20002, traceId: 't-1' },
  },
  mediaCheckAsync: {
    call: (client) =>
      client.mediaCheckAsync({
        mediaUrl: 'https://files.example/a.png',
        mediaType: 'image',
        openid: 'oPerson',
        scene: 'profile',
      }),
    path: '/wxa/media_check_async',
    body: {
      version: 2,
      scene: 1,
      openid: 'oPerson',
      media_url: 'https://files.example/a.png',
      media_type: 2,
    },
    reply: { errcode: 0, trace_id: 't-2' },
    result: { traceId: 't-2' },
  },
  getUserRiskRank: {
    call: (client) =>
      client.getUserRiskRank({
        openid: 'oPerson',
        scene: 0,
        clientIp: '203.0.113.9',
        isTest: true,
      }),
    path: '/wxa/getuserriskrank',
    body: { appid: APP_ID, openid: 'oPerson', scene: 0, client_ip: '203.0.113.9', is_test: true },
    reply: { errcode: 0, errmsg: 'getuserriskrank succ', unoin_id: 123456, risk_rank: 4 },
    result: { rank: 4, queryId: '123456' },
  },
  generateScheme: {
    call: (client) =>
      client.generateScheme({
        path: '/pages/a',
        query: 'x=1',
        expires: new Date(1_800_000_000_500),
      }),
    path: '/wxa/generatescheme',
    body: {
      jump_wxa: { path: '/pages/a', query: 'x=1' },
      is_expire: true,
      expire_type: 0,
      expire_time: 1_800_000_000,
    },
    reply: { errcode: 0, openlink: 'weixin://dl/business/?t=abc' },
    result: 'weixin://dl/business/?t=abc',
  },
  generateUrlLink: {
    call: (client) => client.generateUrlLink({ envVersion: 'trial', expires: { days: 7 } }),
    path: '/wxa/generate_urllink',
    body: { env_version: 'trial', expire_type: 1, expire_interval: 7 },
    reply: { errcode: 0, url_link: 'https://wxaurl.cn/abc' },
    result: 'https://wxaurl.cn/abc',
  },
  sendSubscribeMessage: {
    call: (client) =>
      client.sendSubscribeMessage({
        touser: 'oPerson',
        templateId: 'tmpl',
        data: { thing1: '周会' },
        page: 'pages/a?x=1',
        lang: 'zh_CN',
      }),
    path: '/cgi-bin/message/subscribe/send',
    body: {
      touser: 'oPerson',
      template_id: 'tmpl',
      data: { thing1: { value: '周会' } },
      page: 'pages/a?x=1',
      lang: 'zh_CN',
    },
    reply: '{"errcode":0,"errmsg":"ok","msgid":294402298110051942}',
    result: { msgId: '294402298110051942' },
  },
  'sendCustomMessage (text)': {
    call: (client) => client.sendCustomMessage('oPerson', { type: 'text', content: '你好' }),
    path: '/cgi-bin/message/custom/send',
    body: { touser: 'oPerson', msgtype: 'text', text: { content: '你好' } },
    reply: { errcode: 0, errmsg: 'ok' },
    result: undefined,
  },
  'sendCustomMessage (page)': {
    call: (client) =>
      client.sendCustomMessage('oPerson', {
        type: 'miniprogrampage',
        title: '会议',
        pagePath: 'pages/a',
        thumbMediaId: 'm-1',
      }),
    path: '/cgi-bin/message/custom/send',
    body: {
      touser: 'oPerson',
      msgtype: 'miniprogrampage',
      miniprogrampage: { title: '会议', pagepath: 'pages/a', thumb_media_id: 'm-1' },
    },
    reply: { errcode: 0, errmsg: 'ok' },
    result: undefined,
  },
  'sendCustomMessage (picture)': {
    call: (client) => client.sendCustomMessage('oPerson', { type: 'image', mediaId: 'm-1' }),
    path: '/cgi-bin/message/custom/send',
    body: { touser: 'oPerson', msgtype: 'image', image: { media_id: 'm-1' } },
    reply: { errcode: 0, errmsg: 'ok' },
    result: undefined,
  },
  'sendCustomMessage (link)': {
    call: (client) =>
      client.sendCustomMessage('oPerson', {
        type: 'link',
        title: '纪要',
        description: '周会',
        url: 'https://oa.example/1',
        thumbUrl: 'https://oa.example/1.png',
      }),
    path: '/cgi-bin/message/custom/send',
    body: {
      touser: 'oPerson',
      msgtype: 'link',
      link: {
        title: '纪要',
        description: '周会',
        url: 'https://oa.example/1',
        thumb_url: 'https://oa.example/1.png',
      },
    },
    reply: { errcode: 0, errmsg: 'ok' },
    result: undefined,
  },
  getWxaCodeUnlimit: {
    call: (client) =>
      client.getWxaCodeUnlimit({ scene: 'a=1&b=2', page: 'pages/a', checkPath: false, width: 280 }),
    path: '/wxa/getwxacodeunlimit',
    body: { scene: 'a=1&b=2', page: 'pages/a', check_path: false, width: 280 },
    reply: JPEG,
    result: { contentType: 'image/jpeg', data: JPEG },
  },
  getWxaCode: {
    call: (client) => client.getWxaCode({ path: 'pages/a?x=1', lineColor: { r: 1, g: 2, b: 3 } }),
    path: '/wxa/getwxacode',
    body: { path: 'pages/a?x=1', line_color: { r: 1, g: 2, b: 3 }, auto_color: false },
    reply: JPEG,
    result: { contentType: 'image/jpeg', data: JPEG },
  },
  createWxaQrCode: {
    call: (client) => client.createWxaQrCode({ path: 'pages/a?x=1' }),
    path: '/cgi-bin/wxaapp/createwxaqrcode',
    body: { path: 'pages/a?x=1' },
    reply: JPEG,
    result: { contentType: 'image/jpeg', data: JPEG },
  },
}
