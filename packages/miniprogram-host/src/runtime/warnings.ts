import type { HostBindings } from './host-bindings.ts'

/** Tells the app's developer, in its console, what this host leaves out; each text once. */
export type Warn = (text: string) => void

export const createWarn = (environment: Pick<HostBindings, 'emit'>): Warn => {
  const told = new Set<string>()
  return (text) => {
    if (told.has(text)) return
    told.add(text)
    environment.emit('App.logAdded', { type: 'warn', args: [`miniprogram-host: ${text}`] })
  }
}
