import { randomInt } from 'node:crypto'

/** The nickname of a user who has not chosen one, or whose name WeChat withdrew. */
export const placeholderName = () => `普通用户${randomInt(10_000, 100_000)}`

const PLACEHOLDER = /^普通用户[1-9]\d{4}$/

export const isPlaceholderName = (name: string) => PLACEHOLDER.test(name)
