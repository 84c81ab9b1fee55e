import { createSecretKey, randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import type { RequestHandler } from 'express'
import express from 'express'
import jwt from 'jsonwebtoken'
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import mysql from 'mysql2/promise'
import { createCode2Session } from '../../src/servers/code2session.ts'

/** Express, jsonwebtoken and mysql2 or better-sqlite3. */
const { VARIANT, DATABASE_URL, DATABASE_FILE = '' } = process.env
const tuned = VARIANT === 'tuned'
const CONNECTIONS = 16

type User = { id: number; nickname: string; avatar: string; gender: number }
type Users = {
  /** Creates the user or notes the login. */
  signIn(openid: string, ip: string): Promise<User>
  find(id: number): Promise<User | undefined>
}

const NEW_NAME = '普通用户'
const COLUMNS = 'id, nickname, avatar, gender'
const FIND = `SELECT ${COLUMNS} FROM user WHERE id = ?`
const FIND_BY_OPENID = `SELECT ${COLUMNS} FROM user WHERE openid = ?`
const INSERT =
  'INSERT INTO user (openid, nickname, add_time, last_login_time, last_login_ip) VALUES (?, ?, ?, ?, ?)'

const openMysql = async (url: string): Promise<Users> => {
  const pool = mysql.createPool(
    tuned ? { uri: url, connectionLimit: CONNECTIONS, maxIdle: CONNECTIONS } : { uri: url },
  )
  await pool.query(`CREATE TABLE IF NOT EXISTS user (
    id INT AUTO_INCREMENT PRIMARY KEY,
    openid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
    nickname VARCHAR(63) NOT NULL,
    avatar VARCHAR(255) NOT NULL DEFAULT '',
    gender TINYINT NOT NULL DEFAULT 0,
    add_time DATETIME(3) NOT NULL,
    last_login_time DATETIME(3) NOT NULL,
    last_login_ip VARCHAR(63) NOT NULL
  ) DEFAULT CHARSET = utf8mb4`)
  const one = async (sql: string, values: (string | number | Date)[]) => {
    // `execute` prepares a statement once for each connection and keeps it.
    const [rows] = tuned
      ? await pool.execute<RowDataPacket[]>(sql, values)
      : await pool.query<RowDataPacket[]>(sql, values)
    return rows[0] as User | undefined
  }
  const update =
    'ON DUPLICATE KEY UPDATE last_login_time = VALUES(last_login_time), last_login_ip = VALUES(last_login_ip)'
  return {
    find: (id) => one(FIND, [id]),
    async signIn(openid, ip) {
      const now = new Date()
      const values = [openid, NEW_NAME, now, now, ip]
      if (tuned) return found(await one(`${INSERT} ${update} RETURNING ${COLUMNS}`, values))
      await pool.query<ResultSetHeader>(`${INSERT} ${update}`, values)
      return found(await one(FIND_BY_OPENID, [openid]))
    },
  }
}

const openSqlite = (file: string): Users => {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  // As every server of the comparison: what was acknowledged survives a power cut.
  database.pragma('synchronous = FULL')
  database.exec(`CREATE TABLE IF NOT EXISTS user (
    id INTEGER PRIMARY KEY,
    openid TEXT NOT NULL UNIQUE,
    nickname TEXT NOT NULL,
    avatar TEXT NOT NULL DEFAULT '',
    gender INTEGER NOT NULL DEFAULT 0,
    add_time INTEGER NOT NULL,
    last_login_time INTEGER NOT NULL,
    last_login_ip TEXT NOT NULL
  )`)
  const update =
    'ON CONFLICT (openid) DO UPDATE SET last_login_time = excluded.last_login_time, last_login_ip = excluded.last_login_ip'
  const upsert = `${INSERT} ${update} RETURNING ${COLUMNS}`
  const prepare = tuned ? keepStatements(database) : (sql: string) => database.prepare(sql)
  return {
    find: async (id) => prepare(FIND).get(id) as User | undefined,
    async signIn(openid, ip) {
      const now = Date.now()
      if (tuned) return found(prepare(upsert).get(openid, NEW_NAME, now, now, ip) as User)
      prepare(`${INSERT} ${update}`).run(openid, NEW_NAME, now, now, ip)
      return found(prepare(FIND_BY_OPENID).get(openid) as User)
    },
  }
}

const keepStatements = (database: Database.Database) => {
  const statements = new Map<string, Database.Statement>()
  return (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}

const found = (user: User | undefined) => {
  if (user === undefined) throw new Error('the user that was just written is not there')
  return user
}

const code2Session = createCode2Session({ keepConnections: tuned })

const SECRET = randomBytes(32)
const key = tuned ? createSecretKey(SECRET) : SECRET.toString('hex')

const requireLogin: RequestHandler = (request, response, next) => {
  try {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    response.locals.user = jwt.verify(token, key, { algorithms: ['HS256'] })
    next()
  } catch {
    response.status(401).json({ errno: 501, errmsg: '请先登录' })
  }
}

const toUserInfo = ({ nickname, avatar, gender }: User) => ({
  nickName: nickname,
  avatarUrl: avatar,
  gender,
})

const users = DATABASE_URL === undefined ? openSqlite(DATABASE_FILE) : await openMysql(DATABASE_URL)
const app = express()
if (tuned) app.disable('x-powered-by').disable('etag')
app.use(express.json())

app.post('/wx/auth/login_by_weixin', async (request, response) => {
  const { openid } = await code2Session(String(request.body.code))
  const user = await users.signIn(openid, request.ip ?? '')
  const token = jwt.sign({ id: user.id }, key, { expiresIn: '7d' })
  response.json({ errno: 0, errmsg: '', data: { token, userInfo: toUserInfo(user) } })
})

app.get('/wx/auth/info', requireLogin, async (_request, response) => {
  const user = await users.find(response.locals.user.id)
  if (user === undefined) response.status(401).json({ errno: 501, errmsg: '请先登录' })
  else response.json({ errno: 0, errmsg: '', data: toUserInfo(user) })
})

app.listen(Number(process.env.PORT), '127.0.0.1')
