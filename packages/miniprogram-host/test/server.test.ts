import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import automator from 'miniprogram-automator'
import { describe, expect, it, onTestFinished } from 'vitest'
import WebSocket from 'ws'
import { startHost } from '../src/index.ts'
import { freePort } from './support/free-port.ts'
import { onePage, writeProject } from './support/project.ts'
import { fixture, openForTest, until } from './support/target.ts'

describe('the automation server', () => {
  const connect = (url: string, options: WebSocket.ClientOptions) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, options)
      socket.on('open', () => {
        socket.terminate()
        resolve('open')
      })
      socket.on('error', (error) => resolve(error.message))
    })

  it('accepts local programs and refuses web pages', async () => {
    const { host } = await openForTest(onePage('{}'))
    expect(await connect(host.wsEndpoint, {})).toBe('open')
    expect(await connect(host.wsEndpoint, { origin: 'https://evil.example' })).toBe(
      'Unexpected server response: 401',
    )
  })

  it('answers unimplemented methods as DevTools does', async () => {
    const { host, program } = await openForTest(onePage('{}'))
    await expect(host.send('Tool.stopAudits')).rejects.toThrow('Tool.stopAudits unimplemented')
    await expect(program.callPluginWxMethod('plugin', 'login')).rejects.toThrow(
      'App.callWxMethod of a plugin unimplemented',
    )
    await expect(host.send('Element.callContextMethod')).rejects.toThrow(
      'Element.callContextMethod unimplemented',
    )
  })

  it('closes the host when a client closes the tool', async () => {
    const host = await startHost({ projectPath: onePage('{}') })
    const program = await automator.connect({ wsEndpoint: host.wsEndpoint })
    let closed = false
    host.events.on('closed', () => {
      closed = true
    })
    await program.close()
    expect(await until(() => closed)).toBe(true)
  })

  it('frees the port when the app cannot start', async () => {
    const broken = writeProject({ 'app.ts': undefined })
    const port = await freePort()
    await expect(startHost({ projectPath: broken, port })).rejects.toThrow('app.ts:1:1')
    const host = await startHost({ projectPath: onePage('{}'), port })
    await host.close()
  })
})

/** A server that lists the appids that a WeChat simulator knows. */
const startApps = async (apps: object[]) => {
  const server = createServer((_request, response) => response.end(JSON.stringify(apps)))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

describe('the command', () => {
  // From source, because an earlier build may be outdated.
  const command = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, ['--import=tsx', command, ...args])
    onTestFinished(() => void child.kill('SIGKILL'))
    const output = { text: '', code: null as number | null }
    child.stdout.on('data', (chunk: Buffer) => {
      output.text += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output.text += chunk
    })
    child.on('exit', (code) => {
      output.code = code
    })
    return { child, output }
  }

  it('runs a project with the arguments that automator.launch gives DevTools', async () => {
    const port = await freePort()
    const { child, output } = run(
      'auto',
      '--project',
      fixture('sign-in'),
      '--auto-port',
      String(port),
      '--trust-project',
    )
    await until(() => output.text.includes(`ws://127.0.0.1:${port}`))
    const program = await automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` })
    expect((await program.currentPage())?.path).toBe('pages/home/home')
    program.disconnect()
    child.kill('SIGTERM')
    expect(await until(() => output.code === 0)).toBe(true)
  })

  it('reports the position of an error in the project', async () => {
    const { output } = run(
      'auto',
      '--project',
      writeProject({ 'app.json': '{ "pages": [,] }' }),
      '--auto-port',
      '0',
    )
    await until(() => output.code !== null)
    expect(output).toMatchObject({ code: 1, text: expect.stringMatching(/^app\.json:1:13: /) })
  })

  it('prints the app’s console and exceptions', async () => {
    const { output } = run(
      'auto',
      '--project',
      onePage("{ onLoad() { console.log('read me', { a: 1 }); throw new RangeError('oh no') } }"),
      '--auto-port',
      '0',
    )
    await until(() => output.text.includes('oh no'))
    expect(output.text).toContain('console.log: read me {"a":1}')
    expect(output.text).toMatch(/exception: RangeError: oh no[\s\S]*pages\/a\/a\.ts:1:/)
  })

  it('tells the appid that a simulator does not know', async () => {
    const { url, close } = await startApps([{ appid: 'wx1111111111111111' }])
    onTestFinished(close)
    const { output } = run(
      'auto',
      '--project',
      onePage('{}'),
      '--simulator',
      url,
      '--auto-port',
      '0',
    )
    await until(() => output.code !== null)
    expect(output).toEqual({
      code: 1,
      text:
        `the simulator at ${url} does not know the appid "wx0123456789abcdef"; ` +
        'it knows wx1111111111111111\n',
    })
  })
})
