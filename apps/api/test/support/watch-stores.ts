import { once } from 'node:events'
import { Redis } from 'ioredis'
import { queryRows } from '../database/query.ts'
import { eventually } from './eventually.ts'

/**
 * Records the statements and commands that MariaDB and Redis receive. `take` resolves to those since its
 * last call, sorted, without values, and without what nodes do while they are idle: heartbeats, and looking
 * for meetings, votes and messages that are due.
 */
export const watchStores = async (urls: { database: string; redis: string }) => {
  const query = (statement: string) => queryRows({ url: urls.database }, statement)
  await query(`SET GLOBAL log_output = 'TABLE', GLOBAL general_log = 1`)
  const client = new Redis(urls.redis)
  const monitor = await client.monitor()
  const commands: string[][] = []
  monitor.on('monitor', (_time: string, args: string[]) => commands.push(args))

  const takeStatements = async () => {
    const rows = await query(`
      SELECT CONVERT(argument USING utf8mb4) AS statement FROM mysql.general_log
      WHERE command_type IN ('Query', 'Execute') AND argument NOT LIKE '%general_log%'`)
    await query('TRUNCATE mysql.general_log')
    return rows
      .map(({ statement }) => withoutValues(String(statement)))
      .filter((statement) => !statement.startsWith('SET SESSION') && !IDLE_WORK.test(statement))
  }
  const takeCommands = async () => {
    const mark = `mark-${Math.random()}`
    await client.echo(mark)
    const indexOfMark = () => commands.findIndex((args) => args[1] === mark)
    await eventually(indexOfMark).toBeGreaterThan(-1)
    return commands
      .splice(0, indexOfMark() + 1)
      .filter((args) => args[0] !== 'echo' && !isHeartbeat(args))
      .map(([name = '', ...args]) => `${name} ${withoutValues(keyOf(args))}`)
  }

  return {
    take: async () => [...(await takeStatements()), ...(await takeCommands())].sort(),
    async close() {
      monitor.disconnect()
      client.disconnect()
      await once(monitor, 'end')
    },
  }
}

const IDLE_WORK = /`(?:outbox|meeting|vote)`/

const isHeartbeat = ([name, , message = '']: string[]) =>
  name === 'publish' && message.includes('"beat"')

const keyOf = (args: string[]) => args.find((arg) => arg.startsWith('oa:')) ?? ''

const withoutValues = (text: string) =>
  text
    .replaceAll(/'(?:[^'\\]|\\.)*'/g, '?')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '?')
    // Hashes, by which counters name a user.
    .replaceAll(/(?<=:)[\w-]{43}(?=:|$)/g, '?')
    .replaceAll(/\d+/g, '?')
    .replaceAll(/\s+/g, ' ')
    .trim()
