/** Waits for `condition`, checked in each turn of the event loop, which fake timers do not stop. */
export const until = async (condition: () => boolean): Promise<void> => {
  const end = performance.now() + 4000
  while (!condition()) {
    if (performance.now() > end) throw new Error('the condition did not come true')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
