import type { Static } from 'typebox'
import { Type } from 'typebox'
import { BadSeal } from '../api-security/bad-seal.ts'

const Milliseconds = Type.Integer({ minimum: 0, maximum: 3_600_000 })

/** What goes wrong the next `times` times that `path` is called. */
export const FaultInput = Type.Object(
  {
    path: Type.String({ pattern: '^/', maxLength: 200 }),
    /** 1 by default; 0 lasts until the faults are cleared. */
    times: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Answer this errcode; the request is not processed. */
    errcode: Type.Optional(Type.Integer()),
    errmsg: Type.Optional(Type.String({ maxLength: 500 })),
    /** Answer this HTTP status (and `body`); the request is not processed. */
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    body: Type.Optional(Type.String({ maxLength: 1_000_000 })),
    /** Answer an HTML page with status 200, as a captive portal does. */
    html: Type.Optional(Type.Boolean()),
    /** Reset the connection; the request is not processed. */
    reset: Type.Optional(Type.Boolean()),
    /** Process the request and never answer. */
    stallAfterConsuming: Type.Optional(Type.Boolean()),
    /** Process the request and answer this much later. */
    latencyMs: Type.Optional(Milliseconds),
    /** Process the request, send half of the answer and drop the connection. */
    truncate: Type.Optional(Type.Boolean()),
    /** Process the request and pad the answer to this many bytes. */
    oversizeBytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_073_741_824 })),
    /** Process the request and send the answer byte by byte, this many milliseconds apart. */
    slowBytes: Type.Optional(Milliseconds),
    /** Process the request and answer numbers for strings and strings for numbers. */
    wrongTypes: Type.Optional(Type.Boolean()),
    /** Process a sealed call and answer with an invalid seal. */
    badSeal: Type.Optional(BadSeal),
    /** Answer with this Content-Type. */
    contentType: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)
export type FaultInput = Static<typeof FaultInput>

/** A pending fault; `times` counts down, 0 stays. */
export type Fault = FaultInput & { times: number }

export interface Faults {
  add: (fault: FaultInput) => Fault
  /** Takes the oldest fault of the path, once. */
  take: (path: string) => Fault | undefined
  list: () => Fault[]
  clear: () => void
}

export const createFaults = (): Faults => {
  let faults: Fault[] = []

  return {
    add: (input) => {
      const fault = { ...input, times: input.times ?? 1 }
      faults.push(fault)
      return fault
    },
    take: (path) => {
      const fault = faults.find((candidate) => candidate.path === path)
      if (fault && fault.times > 0) {
        fault.times -= 1
        if (fault.times === 0) faults = faults.filter((other) => other !== fault)
      }
      return fault
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear: () => {
      faults = []
    },
  }
}
