export type {
  ClientSettings,
  Failure,
  OperationName,
  Operations,
  ResilienceAdapter,
  ResilienceClient,
} from './adapter.ts'
export { FAILURES, OPERATIONS } from './adapter.ts'
export { createCommandAdapter } from './command-adapter.ts'
export { ResilienceCase, readResilienceCases, toResilienceCase } from './resilience-case.ts'
export type { ResilienceOptions, ResilienceResult } from './run-resilience.ts'
export { runResilience } from './run-resilience.ts'
export { serveAdapter } from './serve-adapter.ts'
