import type { MiniProgram } from './target.ts'

declare const getApp: () => { toasts?: string[] }
type Callbacks = Partial<Record<'success' | 'fail' | 'complete', unknown>>
type ToastOptions = { title: string } & Callbacks
export type Origin = { origin(options: object): unknown }

/** Records the texts of toasts, which are shown as usual. */
export const watchToasts = async (program: MiniProgram): Promise<void> => {
  await program.mockWxMethod('showToast', function (this: Origin, options: ToastOptions) {
    const app = getApp()
    app.toasts = (app.toasts || []).concat(options.title)
    const { success, fail, complete, ...shown } = options
    return this.origin(shown)
  })
}

/** The texts of all toasts since the mini-program started. */
export const toasts = async (program: MiniProgram): Promise<string[]> =>
  (await program.evaluate(() => getApp().toasts || [])) as string[]
