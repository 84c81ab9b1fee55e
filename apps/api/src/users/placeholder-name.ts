import { randomInt } from 'node:crypto'

/** The nickname of a user who has not chosen one, or whose name WeChat withdrew. */
export const placeholderName = () => `普通用户${randomInt(10_000, 100_000)}`
