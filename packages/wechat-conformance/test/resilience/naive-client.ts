import type { ClientSettings, ResilienceAdapter } from '../../src/resilience/index.ts'

/** What many servers do: ask, parse, trust the answer. */
export const naive: ResilienceAdapter = {
  createClient: (settings) => ({
    operations: {
      code2Session: ({ code }) => login(settings, code),
      sendSubscribeMessage: async (message) => {
        const body = JSON.stringify(message)
        const send = () =>
          fetch(`${settings.baseUrl}/cgi-bin/message/subscribe/send`, { method: 'POST', body })
        const reply = (await (await send()).json()) as { errcode: number }
        return reply.errcode === -1 ? (await send()).json() : reply
      },
      verifyPush: async ({ query }) => ({ accepted: true, echo: query.echostr }),
      receivePush: async ({ body }) => {
        const [Event, OpenID] = ['Event', 'OpenID'].map(
          (name) => body.split(`<${name}><![CDATA[`)[1]?.split(']]>')[0],
        )
        return { accepted: true, handled: 1, message: { Event, OpenID } }
      },
    },
  }),
  createNodes: (settings, count) =>
    Promise.all(Array.from({ length: count }, () => naive.createClient(settings))),
  classify: (error) => {
    if (error instanceof Refusal) return 'code_invalid'

    return error instanceof SyntaxError ? 'bad_response' : 'unavailable'
  },
}

class Refusal extends Error {}

const login = async ({ baseUrl, appid, secret }: ClientSettings, code: string) => {
  const url = `${baseUrl}/sns/jscode2session?appid=${appid}&secret=${secret}&js_code=${code}&grant_type=authorization_code`
  const reply = (await (await fetch(url)).json()) as { errcode?: number; openid: string }
  if (reply.errcode) throw new Refusal(`${url}: ${JSON.stringify(reply)}`)

  return reply
}
