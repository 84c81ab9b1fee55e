import { fileURLToPath } from 'node:url'

const COMMANDS_WITHOUT_ENGINE = new Set(['generate', 'validate', 'format'])

/**
 * Prisma's command line wants its schema engine, a download, before it looks at the command, although
 * these three never start it. Any existing file satisfies it; this one cannot be executed, so that
 * nothing can mistake it for an engine. Every other command gets the real engine or Prisma's own error.
 */
export const skipUnusedSchemaEngine = () => {
  const [, , command = ''] = process.argv
  if (COMMANDS_WITHOUT_ENGINE.has(command)) {
    process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url)
  }
}
