/** A mini-program as registered with WeChat. */
export interface App {
  readonly appid: string
  readonly secret: string
  /** The Open Platform account it is bound to; its people then have a unionid. */
  readonly openPlatform?: string
}

export interface Apps {
  /** Registers an app; one that is there already is replaced. */
  put: (app: App) => App
  get: (appid: string) => App | undefined
  list: () => App[]
}

export const createApps = (initial: readonly App[]): Apps => {
  const byAppid = new Map(initial.map((app) => [app.appid, app]))

  return {
    put: (app) => {
      byAppid.set(app.appid, app)
      return app
    },
    get: (appid) => byAppid.get(appid),
    list: () => [...byAppid.values()],
  }
}
