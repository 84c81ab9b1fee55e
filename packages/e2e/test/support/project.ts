import { fileURLToPath } from 'node:url'

/** The mini-program as DevTools opens it; `MP_PROJECT` names another copy. */
export const PROJECT =
  process.env.MP_PROJECT ?? fileURLToPath(new URL('../../../../apps/miniprogram', import.meta.url))

/** Under this id the API knows the mini-program; only the simulated WeChat knows it too. */
export const APP_ID = 'wx1b2c3d4e5f607182'
