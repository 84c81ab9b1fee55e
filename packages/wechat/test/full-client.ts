import { createGetUserEncryptKey, createSessionKeys } from '../src/check-session-key/index.ts'
import { createContentSafety, createGetUserRiskRank } from '../src/content/index.ts'
import type { WeChatClientOptions } from '../src/index.ts'
import { createWeChatClient } from '../src/index.ts'
import { createAppLinks } from '../src/link/index.ts'
import { createTemporaryMedia } from '../src/media/index.ts'
import { createQrCodes } from '../src/qr-code/index.ts'

/** A client together with the calls of every subpath. */
export const createFullClient = (options: WeChatClientOptions) => {
  const client = createWeChatClient(options)

  return {
    ...client,
    ...createAppLinks(client),
    ...createContentSafety(client),
    getUserRiskRank: createGetUserRiskRank(client),
    ...createQrCodes(client),
    ...createSessionKeys(client),
    getUserEncryptKey: createGetUserEncryptKey(client),
    ...createTemporaryMedia(client),
  }
}

export type FullClient = ReturnType<typeof createFullClient>
