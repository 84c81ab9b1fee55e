/** What runs where, a line each, and a line that signs somebody in. */
export const describeRun = ({
  port,
  simulatorUrl,
}: {
  port: number
  simulatorUrl: string | null
}): string[] => {
  const api = `http://127.0.0.1:${port}`
  const lines = [`API               ${api}  (documentation: ${api}/docs)`]
  if (simulatorUrl === null) {
    return [...lines, 'WeChat            the real one, by WX_APPID and WX_SECRET']
  }
  return [
    ...lines,
    `WeChat simulator  ${simulatorUrl}/_control/  (people, codes, faults, every call)`,
    `Sign in as alice  curl -s ${api}/wx/auth/login_by_weixin -H 'content-type: application/json' -d '{"code":"e2e-alice"}'`,
  ]
}
