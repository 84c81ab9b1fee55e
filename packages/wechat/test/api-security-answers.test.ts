import { describe, expect, it } from 'vitest'
import { QUERY, RISK, useSecured } from './secured.ts'
import { failureOf } from './support.ts'

const { start, relay } = useSecured()

describe('an answer is rejected that', () => {
  it.each(['unsigned', 'tampered', 'unknownSerial', 'stale', 'otherApp', 'otherKey'] as const)(
    'WeChat would never send: %s',
    async (badSeal) => {
      const { control, connect } = await start()
      await control.addFault({ path: RISK, badSeal, times: 0 })
      const error = await failureOf(connect().getUserRiskRank(QUERY))

      expect(error).toMatchObject({ reason: 'bad_response', errcode: null })
      expect((await control.calls({ path: RISK })).at(-1)).toMatchObject({ errcode: 0 })
    },
  )

  it.each([
    ['has lost its signature', ['wechatmp-signature']],
    ['has lost its serial', ['wechatmp-serial']],
    ['has lost its timestamp', ['wechatmp-timestamp']],
    ['has lost its appid', ['wechatmp-appid']],
  ])('%s on the way', async (_what, lost) => {
    const { connect, url } = await start()
    const { url: baseUrl } = await relay(url, (answer) => {
      const headers = [...answer.headers].filter(([name]) => !lost.includes(name))
      return new Response(answer.body, { headers })
    })

    expect(await failureOf(connect({}, { baseUrl }).getUserRiskRank(QUERY))).toMatchObject({
      reason: 'bad_response',
    })
  })

  it('has another timestamp than the signed one', async () => {
    const { connect, url } = await start()
    const { url: baseUrl } = await relay(url, (answer) => {
      const headers = new Headers(answer.headers)
      const timestamp = Number(headers.get('wechatmp-timestamp'))
      if (timestamp) headers.set('wechatmp-timestamp', String(timestamp + 1))
      return new Response(answer.body, { headers })
    })

    expect(await failureOf(connect({}, { baseUrl }).getUserRiskRank(QUERY))).toMatchObject({
      reason: 'bad_response',
    })
  })

  it('belongs to a call of another endpoint', async () => {
    const { connect, url } = await start()
    const kept: Response[] = []
    const { url: baseUrl } = await relay(url, (answer, request) => {
      if (request.url?.startsWith('/wxa/msg_sec_check')) kept.push(answer.clone())
      return request.url?.startsWith(RISK) ? (kept.pop() ?? answer) : answer
    })
    const client = connect({}, { baseUrl })
    await client.msgSecCheck({ openid: 'oMei', scene: 'comment', content: '你好' })

    expect(await failureOf(client.getUserRiskRank(QUERY))).toMatchObject({ reason: 'bad_response' })
    expect((await client.getUserRiskRank(QUERY)).rank).toBe(1)
  })
})
