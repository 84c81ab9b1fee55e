export type {
  ConformanceOptions,
  ConformanceResult,
  ValueSource,
} from './conformance/run-conformance.ts'
export { runConformance } from './conformance/run-conformance.ts'
export { createSimulatedValues } from './conformance/value-sources.ts'
