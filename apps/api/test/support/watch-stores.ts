import { once } from 'node:events'
import { Redis } from 'ioredis'
import { queryRows } from '../database/query.ts'
import { eventually } from './eventually.ts'

/**
 * Writes down what a MariaDB and a Redis are asked to do. `take` resolves to all of it since the last
 * time, in no order and without values, and without what nodes do while nobody asks anything.
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
      .filter((statement) => !statement.startsWith('SET SESSION'))
  }
  const takeCommands = async () => {
    const mark = `mark-${Math.random()}`
    await client.echo(mark)
    const indexOfMark = () => commands.findIndex((args) => args[1] === mark)
    await eventually(indexOfMark).toBeGreaterThan(-1)
    return commands
      .splice(0, indexOfMark() + 1)
      .filter(([name = '', key = '']) => name !== 'echo' && !key.startsWith('oa:beat:'))
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

const keyOf = (args: string[]) => args.find((arg) => arg.startsWith('oa:')) ?? ''

const withoutValues = (text: string) =>
  text
    .replaceAll(/'(?:[^'\\]|\\.)*'/g, '?')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '?')
    .replaceAll(/\d+/g, '?')
    .replaceAll(/\s+/g, ' ')
    .trim()
