import { randomInt } from 'node:crypto'

/** What somebody is called who has not said, or whose name had to go. */
export const placeholderName = () => `普通用户${randomInt(10_000, 100_000)}`
