import { readProjectConfig } from '../compile/project-config.ts'
import type { WeChatPlatform } from '../platform/platform.ts'
import { startPageServer } from '../server/page-server.ts'
import { createPreviewSession } from './session.ts'
import { serveShell } from './shell-page.ts'

export interface PreviewOptions {
  projectPath: string
  /** Any free one by default. */
  port?: number
  platform?: WeChatPlatform
  /** What wx.getExtConfigSync answers. */
  extConfig?: Record<string, unknown>
}

export interface Preview {
  url: string
  /** Why the project does not compile at the moment; null when it does. */
  compileError(): string | null
  close(): Promise<void>
}

/**
 * Serves a mini-program in a phone frame to browsers of this machine. It is compiled and loaded
 * again whenever one of its files changes; what does not compile is told on the screen.
 */
export const startPreview = async (options: PreviewOptions): Promise<Preview> => {
  const { projectPath, port = 0, platform = {}, extConfig = {} } = options
  const { root } = readProjectConfig(projectPath)
  const session = await createPreviewSession(projectPath, platform, extConfig)
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
