import type { HostPushes, HostServices } from '../host-services.ts'

/** The functions that the host provides to the runtime: its services, events, timers and clock. */
export interface HostBindings {
  /** Calls a host service, such as the network or WeChat's login. */
  call<Name extends keyof HostServices>(
    service: Name,
    params: HostServices[Name]['params'],
  ): Promise<HostServices[Name]['result']>
  /** Adds a listener of what the host tells without being asked. */
  listen<Name extends keyof HostPushes>(
    name: Name,
    listener: (params: HostPushes[Name]) => void,
  ): void
  /** Sends an event to the host, under the protocol's event name. */
  emit(event: string, params: unknown): void
  setTimeout(task: () => void, milliseconds: number): number
  clearTimeout(id: number): void
  setInterval(task: () => void, milliseconds: number): number
  clearInterval(id: number): void
  /** Milliseconds since the Unix epoch. */
  now(): number
}
