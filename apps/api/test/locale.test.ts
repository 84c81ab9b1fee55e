import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { loadConfig } from '../src/config/load-config.ts'
import { migrateDatabase } from '../src/infra/database/migrations/migrate-database.ts'
import { eventually } from './support/eventually.ts'
import { runProcess, startApiProcess } from './support/start-api-process.ts'
import { codeFrom, openidOf, startTestSimulator, testEnv } from './support/start-test-api.ts'

const NICK_NAME = '小明😀é'
const REASON = '违规，请联系管理员'

it.each(['C', 'tr_TR.UTF-8'])('texts survive the locale LC_ALL=%s', async (locale) => {
  const simulator = await startTestSimulator()
  const folder = await mkdtemp(join(tmpdir(), 'oa-locale-'))
  const env = { ...testEnv(simulator, folder), LC_ALL: locale, LANG: locale }
  await migrateDatabase(loadConfig(env).database)
  const api = await startApiProcess(env)
  onTestFinished(async () => {
    api.kill('SIGTERM')
    await api.finished
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  const code = await codeFrom(simulator, 'ming')
  const { data } = await api.login({ code, userInfo: { nickName: NICK_NAME } })
  expect(await api.info(data.token)).toMatchObject({ data: { userInfo: { nickName: NICK_NAME } } })

  const openid = await openidOf({ simulator }, 'ming')
  const words = ['user', 'freeze', '--openid', openid, '--reason', REASON, '--yes']
  expect(await runProcess('cli.ts', env, words)).toMatchObject({ code: 0, stderr: '' })
  await eventually(() => api.info(data.token)).toMatchObject({ errno: 704, errmsg: REASON })
})
