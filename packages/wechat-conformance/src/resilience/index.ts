export type {
  ClientSettings,
  Failure,
  OperationName,
  Operations,
  SurvivalAdapter,
  SurvivalClient,
} from './adapter.ts'
export { FAILURES, OPERATIONS } from './adapter.ts'
export { createCommandAdapter } from './command-adapter.ts'
export { readSurvivalCases, SurvivalCase, toSurvivalCase } from './resilience-case.ts'
export type { SurvivalOptions, SurvivalResult } from './run-resilience.ts'
export { runSurvival } from './run-resilience.ts'
export { serveAdapter } from './serve-adapter.ts'
