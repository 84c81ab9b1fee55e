import type { HostServices } from '../host-services.ts'

/** The functions that the host provides to the runtime: its services, events, timers and clock. */
export interface HostBindings {
  /** Asks the host for what only it can do: the network, WeChat's own services. */
  call<Name extends keyof HostServices>(
    service: Name,
    params: HostServices[Name]['params'],
  ): Promise<HostServices[Name]['result']>
  /** Tells the host what happened, by the protocol's event names. */
  emit(event: string, params: unknown): void
  setTimeout(task: () => void, milliseconds: number): number
  clearTimeout(id: number): void
  setInterval(task: () => void, milliseconds: number): number
  clearInterval(id: number): void
  now(): number
}
