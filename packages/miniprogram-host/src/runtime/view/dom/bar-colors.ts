import type { PageRecord } from '../../router/page-record.ts'
import type { DomRuntime } from './look.ts'

/** A window option of a page, else of app.json, with its theme variable resolved. */
export const windowOption = (runtime: DomRuntime, path: string, name: string): unknown =>
  themed(runtime, runtime.components.configOf(path)[name] ?? runtime.bundle.app.window[name])

/** Resolves `@name` of app.json in the current theme; other values are returned unchanged. */
export const themed = ({ bundle, system }: DomRuntime, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('@')
    ? bundle.theme[bundle.app.darkmode ? system.theme : 'light'][value.slice(1)]
    : value

export const barColors = (
  runtime: DomRuntime,
  page: PageRecord,
): { background: string; front: string } => {
  const own = runtime.ui.navigationBars.get(page.id)
  const style = windowOption(runtime, page.path, 'navigationBarTextStyle')
  const background = windowOption(runtime, page.path, 'navigationBarBackgroundColor')
  return {
    background: own?.backgroundColor ?? String(background ?? '#000000'),
    front: own?.frontColor ?? (style === 'black' ? '#000000' : '#ffffff'),
  }
}
