import { startSimulator } from '@oa/wechat-simulator'

const { PORT, BENCH_APPID: appid = '', BENCH_SECRET: secret = '' } = process.env
await startSimulator({
  port: Number(PORT),
  apps: [{ appid, secret }],
  acceptNamedCodes: true,
  // Few people sign in again and again, far more often than WeChat lets one of them.
  settings: { quotas: { '/sns/jscode2session': {} } },
})
