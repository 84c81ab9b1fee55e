import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'

export type User = { id: number; nickName: string; avatarUrl: string; gender: number }
export type Client = {
  wxUser: {
    findUnique(query: { where: { id: number } }): Promise<User | null>
    upsert(query: { where: object; update: object; create: object }): Promise<User>
  }
  $queryRawUnsafe(statement: string): Promise<unknown>
}

/** The client that the API's build generates, with the adapter's own settings or a pool of a size. */
export const openClient = async ({
  connections,
}: {
  connections?: number
} = {}): Promise<Client> => {
  const { DATABASE_URL: url, DATABASE_FILE: file = '' } = process.env
  const generated = new URL(
    `../../../../apps/api/src/generated/${url === undefined ? 'sqlite' : 'mysql'}/client.ts`,
    import.meta.url,
  )
  const { PrismaClient } = (await import(generated.href)) as {
    PrismaClient: new (options: { adapter: unknown }) => Client
  }
  if (url !== undefined) {
    const options = connections === undefined ? '' : `?connectionLimit=${connections}`
    return new PrismaClient({ adapter: new PrismaMariaDb(url + options) })
  }
  const client = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: file }) })
  // As every server of the comparison: what was acknowledged survives a power cut.
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL')
  return client
}
