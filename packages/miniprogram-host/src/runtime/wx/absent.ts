import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { inertObject } from './inert.ts'

const AUDIO = { src: '', paused: true, duration: 0, currentTime: 0, buffered: 0, volume: 1 }

/** Fields that apps read of objects without effect. */
const FIELDS: Record<string, Record<string, unknown>> = {
  createInnerAudioContext: AUDIO,
  createAudioContext: AUDIO,
  getBackgroundAudioManager: AUDIO,
}

/**
 * A function of WeChat that this host lacks. A call warns in the app's console and then fails as it
 * does on a device without the ability; contexts and managers have no effect.
 */
export const absentFunction = (
  name: string,
  runtime: WxRuntime,
  api: Parameters<Area>[1],
): unknown => {
  const { warn, listeners, errors } = runtime
  const event = /^(on|off)([A-Z]\w*)$/.exec(name)
  if (event) {
    const [, verb, of = ''] = event
    return (listener?: unknown) =>
      verb === 'on' ? listeners.add(of, listener) : listeners.remove(of, listener)
  }
  if (/^create|^get\w*(?:Manager|System)$/.test(name)) {
    return () => {
      warn(`wx.${name} is not supported; what it returns has no effect`)
      return inertObject(name, errors.report, FIELDS[name])
    }
  }
  if (name.endsWith('Sync')) {
    return () => {
      warn(`wx.${name} is not supported and returns an empty object`)
      return {}
    }
  }
  return api(name, () => {
    warn(`wx.${name} is not supported and fails`)
    throw failure('not supported by miniprogram-host')
  })
}
