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
export type { SurvivalOptions, SurvivalResult } from './run-survival.ts'
export { runSurvival } from './run-survival.ts'
export { serveAdapter } from './serve-adapter.ts'
export { readSurvivalCases, SurvivalCase, toSurvivalCase } from './survival-case.ts'
