import type { CodeSpace, component, glassEasel } from 'glass-easel-miniprogram-adapter'

/**
 * Adds the methods of WeChat's instances that glass-easel lacks, and triggers `ready` after a
 * component's first rendering, which it leaves to the host.
 */
export const addToAllComponents = (
  space: CodeSpace,
  viewUpdated: () => Promise<void>,
  methods: Record<string, (...values: never[]) => unknown>,
): void => {
  let waiting: glassEasel.GeneralComponent[] = []
  const flush = () => {
    const drawn = waiting
    waiting = []
    // Children are attached after their parents but become ready before them.
    for (const component of drawn.reverse()) component.triggerLifetime('ready', [])
  }
  const behavior = space.getComponentSpace().defineBehavior({
    methods,
    lifetimes: {
      attached(this: unknown) {
        const caller = this as component.GeneralComponent
        waiting.push(caller._$ as glassEasel.GeneralComponent)
        if (waiting.length === 1) void viewUpdated().then(flush)
      },
    },
  })
  space.setOverallBehavior(behavior as unknown as glassEasel.GeneralBehavior)
}
