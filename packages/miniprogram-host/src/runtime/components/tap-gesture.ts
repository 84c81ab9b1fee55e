let taps = 0

/**
 * Runs what a tap sets off. A call of the app's is within the tap while it is made before its handlers
 * wait for anything but promises that are settled.
 */
export const duringTap = (work: () => void): void => {
  taps += 1
  setTimeout(() => {
    taps -= 1
  })
  work()
}

/** Whether the call that asks is within a tap of the user's. */
export const isInTap = (): boolean => taps > 0
