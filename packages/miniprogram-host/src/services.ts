import type { HostServices } from './host-services.ts'
import { createHttpClient } from './net/http.ts'
import type { WeChatPlatform } from './platform/platform.ts'
import { platformServices } from './platform/platform-services.ts'

/** Answers what a runtime asks of its host. */
export interface Services {
  call(service: string, params: unknown): Promise<unknown>
  close(): void
}

interface Options {
  platform: WeChatPlatform
  appId: string
  /** Kept up to date with what the app stores: values as JSON by key. */
  storage: Record<string, string>
}

type Table = {
  [Name in keyof HostServices]: (
    params: HostServices[Name]['params'],
  ) => Promise<HostServices[Name]['result']>
}

export const createServices = ({ platform, appId, storage }: Options): Services => {
  const http = createHttpClient({
    referer: `https://servicewechat.com/${appId}/devtools/page-frame.html`,
  })
  const table: Table = {
    ...platformServices(platform),
    'net.request': http.request,
    'net.upload': http.upload,
    'net.abort': async ({ id }) => {
      http.abort(id)
      return null
    },
    'storage.save': async (stored) => {
      for (const key of Object.keys(storage)) delete storage[key]
      Object.assign(storage, stored)
      return null
    },
  }
  return {
    async call(service, params) {
      const run = table[service as keyof Table] as
        | ((params: unknown) => Promise<unknown>)
        | undefined
      if (!run) throw new Error(`host service "${service}" is unknown`)
      return run(params)
    },
    close: http.close,
  }
}
