import type { Static, TSchema } from 'typebox'
import { Type } from 'typebox'
import type { ErrnoFailure } from './errno/errno.ts'
import { ERRNO } from './errno/errno.ts'

const FAILURES = Object.values(ERRNO).filter((errno): errno is ErrnoFailure => errno !== ERRNO.OK)

/** The success envelope around `data`. A field that `data` does not declare cannot leave the server. */
export const Ok = <T extends TSchema>(data: T) =>
  Type.Object({ errno: Type.Literal(ERRNO.OK), errmsg: Type.String(), data })

export type Ok<T> = { errno: typeof ERRNO.OK; errmsg: string; data: T }

/** The failure envelope: `errno` is for programs, `errmsg` for the user; there is no `data`. */
export const Failure = Type.Object({
  errno: Type.Union(FAILURES.map((errno) => Type.Literal(errno))),
  errmsg: Type.String({ examples: ['请登录'] }),
  reason: Type.Optional(
    Type.String({
      description: 'which of the reasons of this errno it is, where it has several',
      examples: ['roomHours'],
    }),
  ),
})
export type Failure = { errno: ErrnoFailure; errmsg: string; reason?: string }

/** `data` of an operation that returns nothing. */
export const EmptyResult = Type.Object({})
export type EmptyResult = Static<typeof EmptyResult>
