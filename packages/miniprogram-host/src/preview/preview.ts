import { readProjectConfig } from '../compile/project-config.ts'
import type { WeChatPlatform } from '../platform/platform.ts'
import { startPageServer } from '../server/page-server.ts'
import { openKeptStorage } from './kept-storage.ts'
import { createPhone } from './phone.ts'
import { createPreviewSession } from './session.ts'
import { serveShell } from './shell-page.ts'

export interface PreviewOptions {
  projectPath: string
  /** A free one by default. */
  port?: number
  platform?: WeChatPlatform
  /** The result of wx.getExtConfigSync. */
  extConfig?: Record<string, unknown>
  /** Keeps each user's storage; in memory by default. */
  storageFile?: string
}

export interface Preview {
  url: string
  /** Message of the last compilation's error; null after a success. */
  compileError(): string | null
  close(): Promise<void>
}

/**
 * Serves a mini-program in a phone frame to browsers on this machine. It is compiled and reloaded
 * when one of its files changes; the screen shows compile errors.
 */
export const startPreview = async (options: PreviewOptions): Promise<Preview> => {
  const { projectPath, port = 0, platform = {}, extConfig = {}, storageFile } = options
  const { root } = readProjectConfig(projectPath)
  const session = await createPreviewSession(
    projectPath,
    platform,
    createPhone(extConfig, openKeptStorage(storageFile)),
  )
  const server = await startPageServer({
    port,
    root,
    serve: async (path) => (await serveShell(path)) ?? session.serve(path),
    onSocket: (socket, path) =>
      path === '/shell' ? session.addShell(socket) : session.addScreen(socket),
  }).catch((error: unknown) => {
    session.close()
    throw error
  })
  return {
    url: `http://127.0.0.1:${server.port}`,
    compileError: () => session.project.error,
    async close() {
      session.close()
      await server.close()
    },
  }
}
