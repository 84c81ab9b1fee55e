import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaMariaDb } from '@prisma/adapter-mariadb'

type User = { id: number; nickName: string; avatarUrl: string; gender: number }
type Client = {
  wxUser: {
    findUnique(query: { where: { id: number } }): Promise<User | null>
    upsert(query: { where: object; update: object; create: object }): Promise<User>
  }
}

/** The client that the API's build generates, with the adapter's own settings. */
export const openClient = async (): Promise<Client> => {
  const { DATABASE_URL: url, DATABASE_FILE: file = '' } = process.env
  const generated = new URL(
    `../../../../apps/api/src/generated/${url === undefined ? 'sqlite' : 'mysql'}/client.ts`,
    import.meta.url,
  )
  const { PrismaClient } = (await import(generated.href)) as {
    PrismaClient: new (options: { adapter: unknown }) => Client
  }
  return new PrismaClient({
    adapter: url === undefined ? new PrismaBetterSqlite3({ url: file }) : new PrismaMariaDb(url),
  })
}
