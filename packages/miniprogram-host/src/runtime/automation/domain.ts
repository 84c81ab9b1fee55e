export type Params = Record<string, unknown>
export type Domain = Record<string, (params: Params) => unknown>

/** Functions that came as source text; the host compiled them under the number in `functionId`. */
export type CompiledFunctions = Record<string, (...values: never[]) => unknown>
