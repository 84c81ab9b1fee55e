import { expect, it } from 'vitest'
import { summarizeSql } from './summarize-sql.ts'

it.each([
  ['SELECT * FROM wx_user WHERE id = ?', 'SELECT', 'wx_user'],
  ['SELECT `oa`.`wx_user`.`id` FROM `oa`.`wx_user` WHERE 1=1', 'SELECT', 'wx_user'],
  ['insert into login_event (kind) values (?)', 'INSERT', 'login_event'],
  ['UPDATE `wx_session` SET ended_at = ?', 'UPDATE', 'wx_session'],
  ['DELETE FROM `oa`.`outbox` WHERE id IN (?)', 'DELETE', 'outbox'],
  ['(SELECT 1)', 'SELECT', null],
  ['SET autocommit = 0', 'SET', null],
  ['COMMIT', 'COMMIT', null],
  ['LOCK TABLES wx_user WRITE', 'OTHER', null],
  ['oMvTd5secretopenid', 'OTHER', null],
  ['', 'OTHER', null],
])('tells of %j no more than what it does to which table', (text, operation, table) => {
  expect(summarizeSql(text)).toEqual({ operation, table })
})
