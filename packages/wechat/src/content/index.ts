export type {
  ContentSafety,
  ContentScene,
  MediaCheck,
  TextCheck,
  TextVerdict,
} from './content-safety.ts'
export { createContentSafety } from './content-safety.ts'
export type { GetUserRiskRank, RiskQuery, RiskRank } from './user-risk-rank.ts'
export { createGetUserRiskRank } from './user-risk-rank.ts'
