import type { Env } from './env.ts'

export type ProfileConfig = {
  /** Where WeChat and phones reach this API; null when names and pictures are not checked. */
  contentCheck: { publicUrl: string } | null
  /** Where WeChat and browsers reach this API. */
  publicUrl: string | null
  pictures: { folder: string } | { bucket: string; region: string; endpoint: string | null }
}

/** In production nobody's name or picture goes unchecked because of a forgotten variable. */
export const incompleteContentCheck = ({
  NODE_ENV,
  CONTENT_CHECK,
  PUBLIC_URL,
  WX_PUSH_TOKEN,
}: NodeJS.ProcessEnv): Map<string, string> => {
  const problems = new Map<string, string>()
  const isOn = CONTENT_CHECK ? CONTENT_CHECK === 'on' : NODE_ENV === 'production'
  const missing = [
    ...(PUBLIC_URL ? [] : ['PUBLIC_URL']),
    ...(WX_PUSH_TOKEN ? [] : ['WX_PUSH_TOKEN']),
  ]
  if (isOn && missing.length > 0) {
    const both = missing.join(' and ')
    problems.set('CONTENT_CHECK', `needs ${both} beside it; off checks no names and pictures`)
  }
  return problems
}

export const toProfileConfig = (env: Env, dataDir: string): ProfileConfig => {
  const { CONTENT_CHECK, PUBLIC_URL, WX_PUSH_TOKEN } = env
  const { PICTURES_S3_BUCKET: bucket, PICTURES_S3_REGION: region } = env
  const isPossible = PUBLIC_URL !== undefined && WX_PUSH_TOKEN !== undefined
  return {
    publicUrl: PUBLIC_URL ?? null,
    contentCheck: CONTENT_CHECK !== 'off' && isPossible ? { publicUrl: PUBLIC_URL } : null,
    pictures:
      bucket === undefined
        ? { folder: `${dataDir}/pictures` }
        : { bucket, region, endpoint: env.PICTURES_S3_ENDPOINT ?? null },
  }
}
