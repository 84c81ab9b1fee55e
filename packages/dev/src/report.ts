type Running = {
  apiUrl: string
  simulatorUrl: string | null
  previewUrl: string | null
  /** Null when the developer has set tokens, or none are wanted. */
  serviceToken: string | null
}

/**
 * Not one of the preview's users: whoever ran the command first would type a nickname there in vain,
 * as it counts at the first sign-in only.
 */
const PERSON = 'carol'

/** Lines with the address of each service, and commands that call the API as a user and as a service. */
export const describeRun = ({
  apiUrl,
  simulatorUrl,
  previewUrl,
  serviceToken,
}: Running): string[] => {
  const api = `API               ${apiUrl}  (documentation: ${apiUrl}/docs)`
  if (simulatorUrl === null)
    return [api, 'WeChat            the real one, by WX_APPID and WX_SECRET, or WX_APPS']

  return [
    ...(previewUrl === null ? [] : [`Mini-program      ${previewUrl}  (in a phone frame)`]),
    api,
    `WeChat simulator  ${simulatorUrl}/_control/  (people, codes, faults, every call)`,
    `Sign in as ${PERSON}  curl -s ${apiUrl}/wx/auth/login_by_weixin -H 'content-type: application/json' -d '{"code":"e2e-${PERSON}"}'`,
    ...(serviceToken === null
      ? []
      : [
          `As a service      curl -s -X POST ${apiUrl}/internal/wechat/access_token -H 'X-OA-Service-Token: ${serviceToken}'`,
        ]),
  ]
}
