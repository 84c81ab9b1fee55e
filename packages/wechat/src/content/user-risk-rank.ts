import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'

export type RiskQuery = {
  openid: string
  /** 0 at registration, 1 where misuse pays, such as at a coupon. */
  scene: 0 | 1
  clientIp: string
  mobileNumber?: string
  email?: string
  /** Marks the query as a test, which WeChat does not count. */
  isTest?: boolean
}

export type RiskRank = {
  /** 0 no risk known … 4 very risky. */
  rank: 0 | 1 | 2 | 3 | 4
  /** Identifies the query to WeChat's support. */
  queryId: string
}

/**
 * WeChat's assessment of how risky a user is.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/safety-control-capability/api_getuserriskrank
 */
export type GetUserRiskRank = (query: RiskQuery, options?: CallOptions) => Promise<RiskRank>

export const createGetUserRiskRank =
  ({ call, appId }: Pick<WeChatClient, 'call' | 'appId'>): GetUserRiskRank =>
  async ({ openid, scene, clientIp, mobileNumber, email, isTest }, options) => {
    const body = {
      appid: appId,
      openid,
      scene,
      client_ip: clientIp,
      ...(mobileNumber !== undefined && { mobile_no: mobileNumber }),
      ...(email !== undefined && { email_address: email }),
      ...(isTest !== undefined && { is_test: isTest }),
    }
    const { risk_rank, unoin_id } = await call({ path: PATH, body, reply: Reply }, options)

    return { rank: risk_rank, queryId: String(unoin_id) }
  }

const PATH = '/wxa/getuserriskrank'
const Reply = Type.Object({
  risk_rank: Type.Union([
    Type.Literal(0),
    Type.Literal(1),
    Type.Literal(2),
    Type.Literal(3),
    Type.Literal(4),
  ]),
  // WeChat's own spelling.
  unoin_id: Type.Union([Type.Integer(), Type.String()]),
})
