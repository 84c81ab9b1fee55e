import { readFile, writeFile } from 'node:fs/promises'

const SOURCE = new URL('./mysql/schema.prisma', import.meta.url)
const TARGET = new URL('./sqlite/schema.prisma', import.meta.url)

const deriveSqliteSchema = (mysqlSchema: string) =>
  mysqlSchema
    .replace(
      /^(?:\/\/ .*\n)+/,
      '// Derived from ../mysql/schema.prisma by ../derive-sqlite-schema.ts: do not edit.\n',
    )
    .replace('provider = "mysql"', 'provider = "sqlite"')
    .replace('/src/generated/mysql"', '/src/generated/sqlite"')
    .replaceAll(/ +@db\.\w+(?:\(\d+\))?/g, '')

const derived = deriveSqliteSchema(await readFile(SOURCE, 'utf8'))

if (process.argv.includes('--check')) {
  if ((await readFile(TARGET, 'utf8')) !== derived) {
    process.stderr.write(
      'prisma/sqlite/schema.prisma is out of date: run node --import tsx prisma/derive-sqlite-schema.ts\n',
    )
    process.exitCode = 1
  }
} else {
  await writeFile(TARGET, derived)
}
