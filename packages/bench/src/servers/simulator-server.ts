import { startSimulator } from '@oa/wechat-simulator'

const { PORT, BENCH_APPID: appid = '', BENCH_SECRET: secret = '' } = process.env
await startSimulator({
  port: Number(PORT),
  apps: [{ appid, secret }],
  acceptNamedCodes: true,
  // A few users sign in again and again, far more often than WeChat allows.
  settings: { quotas: { '/sns/jscode2session': {} } },
})
