import Database from 'better-sqlite3'
import fastify from 'fastify'
import { createPool } from 'mariadb'

/** The least that storing a login can cost: one prepared statement, without WeChat and without a token. */
type Row = { id: number; nickname: string; avatar: string; gender: number }
type Upsert = (openid: string, now: number, ip: string) => Promise<Row>

const CONNECTIONS = 16
const { PORT, DATABASE_URL, DATABASE_FILE = '' } = process.env
const COLUMNS = 'id, nickname, avatar, gender'
const INSERT =
  'INSERT INTO user (openid, nickname, last_login_time, last_login_ip) VALUES (?, ?, ?, ?)'

const openMariaDb = async (url: string): Promise<Upsert> => {
  const { hostname, port, username, pathname } = new URL(url)
  const pool = createPool({
    host: hostname,
    port: Number(port),
    user: username,
    database: pathname.slice(1),
    connectionLimit: CONNECTIONS,
  })
  await pool.query(`CREATE TABLE IF NOT EXISTS user (
    id INT AUTO_INCREMENT PRIMARY KEY,
    openid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    nickname VARCHAR(63) NOT NULL,
    avatar VARCHAR(255) NOT NULL DEFAULT '',
    gender TINYINT NOT NULL DEFAULT 0,
    last_login_time BIGINT NOT NULL,
    last_login_ip VARCHAR(63) NOT NULL
  ) DEFAULT CHARSET = utf8mb4`)
  const sql = `${INSERT} ON DUPLICATE KEY UPDATE last_login_time = VALUES(last_login_time), last_login_ip = VALUES(last_login_ip) RETURNING ${COLUMNS}`
  return async (openid, now, ip) => {
    const [row] = (await pool.execute(sql, [openid, '普通用户', now, ip])) as Row[]
    if (row === undefined) throw new Error('no row was written')
    return row
  }
}

const openSqlite = (file: string): Upsert => {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec(`CREATE TABLE IF NOT EXISTS user (
    id INTEGER PRIMARY KEY,
    openid TEXT NOT NULL UNIQUE,
    nickname TEXT NOT NULL,
    avatar TEXT NOT NULL DEFAULT '',
    gender INTEGER NOT NULL DEFAULT 0,
    last_login_time INTEGER NOT NULL,
    last_login_ip TEXT NOT NULL
  )`)
  const statement = database.prepare<[string, string, number, string], Row>(
    `${INSERT} ON CONFLICT (openid) DO UPDATE SET last_login_time = excluded.last_login_time, last_login_ip = excluded.last_login_ip RETURNING ${COLUMNS}`,
  )
  return async (openid, now, ip) => {
    const row = statement.get(openid, '普通用户', now, ip)
    if (row === undefined) throw new Error('no row was written')
    return row
  }
}

const upsert =
  DATABASE_URL === undefined ? openSqlite(DATABASE_FILE) : await openMariaDb(DATABASE_URL)
const app = fastify()
app.post('/wx/auth/login_by_weixin', async (incoming) => {
  const { code } = incoming.body as { code: string }
  const { id, nickname, avatar, gender } = await upsert(code, Date.now(), incoming.ip)
  const userInfo = { nickName: nickname, avatarUrl: avatar, gender }
  return { errno: 0, errmsg: '', data: { token: String(id), userInfo } }
})
await app.listen({ host: '127.0.0.1', port: Number(PORT) })
