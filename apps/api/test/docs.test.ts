import { ERRNO } from '@oa/contracts'
import { expect, it, onTestFinished } from 'vitest'
import { startTestApi, startTestSimulator } from './support/start-test-api.ts'

type OpenApi = {
  info: { description: string }
  paths: Record<
    string,
    { post: { requestBody: { content: Record<string, { example?: object }> } } }
  >
}

const SIGN_IN = '/wx/auth/login_by_weixin'
/** What `pnpm dev` starts its simulator with. */
const SIMULATED_APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }

const readDocument = async (env: NodeJS.ProcessEnv) => {
  const simulator = await startTestSimulator({ apps: [SIMULATED_APP], acceptNamedCodes: true })
  const api = await startTestApi({ simulator, env: { DOCS: 'true', ...env } })
  onTestFinished(async () => {
    await api.close()
    await simulator.close()
  })
  const document = (await api.app.inject('/docs/json')).json<OpenApi>()
  const content = document.paths[SIGN_IN]?.post.requestBody.content['application/json']
  return { api, document, example: content?.example }
}

it('documents sign-in with a body that works as it stands, where WeChat is simulated', async () => {
  const { api, example } = await readDocument({
    WX_APPID: SIMULATED_APP.appid,
    WX_SECRET: SIMULATED_APP.secret,
  })
  const answer = await api.app.inject({ method: 'POST', url: SIGN_IN, payload: example ?? {} })

  expect(answer.json()).toMatchObject({ errno: ERRNO.OK })
})

it('documents no code where WeChat is not simulated', async () => {
  expect((await readDocument({})).example).toBeUndefined()
})

it('documents every errno', async () => {
  const { document } = await readDocument({})
  const listed = [...document.info.description.matchAll(/^\| (-?\d+) \| `(\w+)`/gm)]

  expect(Object.fromEntries(listed.map(([, errno, name]) => [name, Number(errno)]))).toEqual(
    Object.fromEntries(Object.entries(ERRNO).filter(([name]) => name !== 'OK')),
  )
})
