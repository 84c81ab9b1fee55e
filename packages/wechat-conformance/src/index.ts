export type { ConformanceOptions, ConformanceResult } from './conformance/run-conformance.ts'
export { runConformance } from './conformance/run-conformance.ts'
export type { ValueSource } from './conformance/value-sources.ts'
export { createSimulatedValues } from './conformance/value-sources.ts'
