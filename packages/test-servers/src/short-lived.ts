/**
 * Options of Node for a process of the bundle that is not to live for long: to optimise Prisma's query
 * compiler takes a quarter of the processor time of a start.
 */
export const SHORT_LIVED = ['--liftoff-only']
