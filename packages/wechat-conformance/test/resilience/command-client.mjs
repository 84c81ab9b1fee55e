// A client under test as a command, without anything of this package: JSON lines in, JSON lines out.
import { createInterface } from 'node:readline'

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
let settings

const code2Session = async ({ code }) => {
  const { baseUrl, appid, secret } = settings
  const query = new URLSearchParams({ appid, secret, js_code: code })
  const reply = await (await fetch(`${baseUrl}/sns/jscode2session?${query}`)).json()
  if (reply.errcode === 40029) return { fails: 'code_invalid', printed: 'invalid code' }
  if (reply.errcode === 40163) process.exit(3)
  if (reply.errcode === 40226) return { fails: 'risk', printed: `${secret} was refused` }
  if (reply.errcode) return { printed: `errcode ${reply.errcode}` }

  return { ok: reply }
}

createInterface(process.stdin).on('line', async (text) => {
  const request = JSON.parse(text)
  if (request.do === 'createClient') {
    settings = request.settings
    process.stdout.write('this line is no answer\n7\n')
    say({ id: request.id, operations: ['code2Session', 'somethingNew'] })
  } else {
    say({ id: request.id, ...(await code2Session(request.args)) })
  }
})
