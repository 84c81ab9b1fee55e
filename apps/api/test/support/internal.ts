import { randomBytes } from 'node:crypto'
import type { Answer } from './client.ts'
import type { TestApi } from './start-test-api.ts'

export const drawToken = () => randomBytes(32).toString('base64')

/** The calls of one service; `from` is its address for an API that trusts this machine as a proxy. */
export const serviceCalls = (
  api: Pick<TestApi, 'call'>,
  serviceToken: string | null,
  from?: string,
) => {
  const headers: Record<string, string> = {
    ...(serviceToken === null ? {} : { 'x-oa-service-token': serviceToken }),
    ...(from === undefined ? {} : { 'x-forwarded-for': from }),
  }
  const send = <Data>(method: string, path: string, body?: unknown): Promise<Answer<Data>> =>
    api.call<Data>(`/internal/wechat/${path}`, { method, headers, body })
  return {
    accessToken: () => send<{ access_token: string; expires_in: number }>('POST', 'access_token'),
    openid: (publicId: string) =>
      send<{ openid: string; unionid: string | null; disabled: boolean }>(
        'GET',
        `openid/${publicId}`,
      ),
    subscribeMessage: (body: object) =>
      send<{ msgId: string | null }>('POST', 'subscribe_message', body),
    customMessage: (body: object) => send('POST', 'custom_message', body),
  }
}
