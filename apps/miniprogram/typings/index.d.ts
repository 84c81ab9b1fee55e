import type { ApiBase } from '../miniprogram/config/env'

declare global {
  /** What `getApp<IAppOption>()` gives. */
  interface IAppOption {
    globalData: {
      /** True while a user is signed in on this device. */
      hasLogin: boolean
      /**
       * Another API for tests and local work, e.g. `http://127.0.0.1:4000`; ignored in a release.
       */
      apiBase: ApiBase | undefined
    }
  }
}
