type Entry<T> = { until: number; value: Promise<T> }

/**
 * What `load` gives for a key, at most `ms` old: callers who come meanwhile share it. A failure is not
 * kept. On each node by itself.
 */
export const createRecent = <T>(ms: number, load: (key: number) => Promise<T>) => {
  const entries = new Map<number, Entry<T>>()

  const forgetOld = (now: number) => {
    for (const [key, { until }] of entries) {
      // The oldest come first.
      if (until > now) return
      entries.delete(key)
    }
  }

  return (key: number): Promise<T> => {
    const now = performance.now()
    forgetOld(now)
    const known = entries.get(key)
    if (known !== undefined) return known.value
    const value = load(key)
    entries.set(key, { until: now + ms, value })
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key)
    })
    return value
  }
}
