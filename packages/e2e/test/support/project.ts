import { fileURLToPath } from 'node:url'

/** The mini-program as DevTools opens it; `MP_PROJECT` names another copy. */
export const PROJECT =
  process.env.MP_PROJECT ?? fileURLToPath(new URL('../../../../apps/miniprogram', import.meta.url))

/** The appid of the mini-program, known to the API and to the simulated WeChat. */
export const APP_ID = 'wx1b2c3d4e5f607182'
