import type { PageRecord } from '../../router/page-record.ts'
import type { DomRuntime } from './look.ts'

/** An option of a page's window: its own, or that of app.json, with theme variables filled in. */
export const windowOption = (runtime: DomRuntime, path: string, name: string): unknown =>
  themed(runtime, runtime.components.configOf(path)[name] ?? runtime.bundle.app.window[name])

/** What `@name` in app.json stands for in the theme that is on. */
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
