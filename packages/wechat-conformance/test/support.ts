import type { SimulatorOptions } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { afterEach } from 'vitest'

export const APP = { appid: 'wx1111111111111111', secret: 'a'.repeat(32) }

/** Starts simulators that end with the test. */
export const useSimulator = () => {
  const running: { close: () => Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.close()))
  })

  return async (options: SimulatorOptions = {}) => {
    const simulator = await startSimulator({ apps: [APP], ...options })
    running.push(simulator)

    return simulator
  }
}
