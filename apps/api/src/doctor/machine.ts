import { isLoopback } from '../config/formats.ts'
import type { Config } from '../config/load-config.ts'
import { certificateEnd } from '../infra/metrics/certificate.ts'
import { diskSpace } from '../infra/metrics/disk.ts'
import { connectRedis, waitUntilReady } from '../infra/shared-state/redis-connect.ts'
import type { Finding } from './finding.ts'
import { fine, problem, skipped } from './finding.ts'

const LOW = 0.1
const GIB = 1_073_741_824
const DAY_MS = 86_400_000
const CERTIFICATE_DAYS = 14
const READY_WITHIN_MS = 1_500
const TIMEOUT_MS = 5_000

export const examineDisk = async ({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding> => {
  const { freeBytes, totalBytes } = await diskSpace(dataDir).catch(() => diskSpace('/'))
  const found = `${(freeBytes / GIB).toFixed(1)} GiB of ${(totalBytes / GIB).toFixed(1)} GiB free`
  return freeBytes / totalBytes >= LOW
    ? fine('disk', found)
    : problem(
        'disk',
        found,
        'make room: pictures can move to S3, old login events go by `oa event prune`',
        '请清理磁盘：图片可迁移到 S3，旧的登录记录可用 `oa event prune` 清理',
      )
}

/** Eviction is harmless: what is in Redis can be lost. A full one that evicts nothing refuses writes. */
export const examineRedis = async ({ redisUrl }: Pick<Config, 'redisUrl'>): Promise<Finding> => {
  if (redisUrl === null) return skipped('Redis', 'REDIS_URL is not set: one process serves alone')
  const redis = connectRedis(redisUrl, () => {})
  try {
    if (!(await waitUntilReady(redis, READY_WITHIN_MS))) {
      return problem(
        'Redis',
        'does not answer',
        'look at REDIS_URL, the password, and whether it runs; signed-in users keep working meanwhile',
        '请检查 REDIS_URL、密码以及 Redis 是否在运行；已登录的用户不受影响',
      )
    }
    const info = await redis.info('memory')
    const read = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? ''
    const [used, max] = [Number(read('used_memory')), Number(read('maxmemory'))]
    const policy = read('maxmemory_policy')
    const found = `${Math.round(used / 1_048_576)} MiB used, maxmemory ${max}, ${policy}`
    return max > 0 && policy === 'noeviction' && used / max > 1 - LOW
      ? problem(
          'Redis',
          found,
          'raise maxmemory, or set maxmemory-policy to volatile-lru: nothing here is lost by it',
          '请增大 maxmemory，或将 maxmemory-policy 设为 volatile-lru：不会丢失登录态',
        )
      : fine('Redis', found)
  } finally {
    redis.disconnect()
  }
}

export const examineRedisTls = async ({ redisUrl }: Pick<Config, 'redisUrl'>): Promise<Finding> => {
  const what = 'TLS to Redis'
  if (redisUrl === null) return skipped(what, 'REDIS_URL is not set')
  if (isLoopback(redisUrl)) return fine(what, 'on this machine: not needed')
  return new URL(redisUrl).protocol === 'rediss:'
    ? fine(what, 'on')
    : problem(
        what,
        'off: the password and what nodes tell each other travel readably',
        'begin REDIS_URL with rediss://, with a certificate that this system trusts',
        '请将 REDIS_URL 改为 rediss:// 开头，并使用本机信任的证书',
      )
}

/** Whether phones and WeChat reach this API under its public address. */
export const examinePublicUrl = async ({
  contentCheck,
}: Pick<Config, 'contentCheck'>): Promise<Finding> => {
  const what = 'PUBLIC_URL'
  if (contentCheck === null) return skipped(what, 'not set, or CONTENT_CHECK is off')
  const { publicUrl } = contentCheck
  const unreachable = (why: string) =>
    problem(
      what,
      `${publicUrl}/livez: ${why}`,
      'look at DNS, the proxy and its certificate: WeChat and phones use this address',
      '请检查域名解析、反向代理与证书：微信与小程序都使用这个地址',
    )
  try {
    const { status } = await fetch(`${publicUrl}/livez`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (status !== 200) return unreachable(`answers ${status}`)
  } catch (error) {
    const { cause } = error as Error
    return unreachable(cause instanceof Error ? cause.message : String(error))
  }
  if (!publicUrl.startsWith('https:')) return fine(what, 'answers')
  const end = await certificateEnd(publicUrl)
  const days = end === null ? 0 : Math.floor((end.getTime() - Date.now()) / DAY_MS)
  const found = `answers; its certificate ends in ${days} days`
  return days >= CERTIFICATE_DAYS
    ? fine(what, found)
    : problem(what, found, 'renew the certificate', '请尽快续期证书')
}
