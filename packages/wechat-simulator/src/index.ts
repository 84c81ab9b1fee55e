export type { Call } from './calls.ts'
export type {
  ConformanceOptions,
  ConformanceResult,
  ValueSource,
} from './conformance/run-conformance.ts'
export { runConformance } from './conformance/run-conformance.ts'
export { createSimulatedValues } from './conformance/value-sources.ts'
export type { CheckSessionResult, PersonView } from './control/actions.ts'
export type { Control } from './control/client.ts'
export { createControl } from './control/client.ts'
export type { PhoneDetail, UserInfoAnswer } from './control/client-answers.ts'
export { ControlError } from './control/control-error.ts'
export type { Fault, FaultInput } from './faults/fault.ts'
export type { App } from './platform/apps.ts'
export type { PlatformOptions } from './platform/platform.ts'
export type { Quota, Settings, SettingsInput } from './platform/settings.ts'
export type { VerdictRule } from './platform/verdicts.ts'
export type { PushTarget } from './push/push-target.ts'
export type { Delivery, PushAttempt } from './push/pushes.ts'
export type { Simulator, SimulatorOptions } from './start.ts'
export { startSimulator } from './start.ts'
