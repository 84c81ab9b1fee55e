import { skipUnusedSchemaEngine } from '../schema-engine.ts'

skipUnusedSchemaEngine()

/** A plain object, because `prisma/config` cannot be resolved from this folder. */
export default {
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
}
