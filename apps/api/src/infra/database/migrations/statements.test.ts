import { expect, it } from 'vitest'
import { splitStatements } from './statements.ts'

it('splits a script at the semicolons that end statements', () => {
  const script = `
    -- a comment; with 'quotes
    CREATE TABLE a (b TEXT DEFAULT ';', c TEXT DEFAULT 'it''s; \\' fine');
    # another; one
    /* and; another */ INSERT INTO \`odd;name\` VALUES ("x;""y", 1--1);;
    SELECT 1 -- the end`

  expect(splitStatements(script)).toEqual([
    `CREATE TABLE a (b TEXT DEFAULT ';', c TEXT DEFAULT 'it''s; \\' fine')`,
    'INSERT INTO `odd;name` VALUES ("x;""y", 1--1)',
    'SELECT 1',
  ])
})

it('finds nothing in an empty script', () => {
  expect(splitStatements('\n-- nothing\n')).toEqual([])
})
