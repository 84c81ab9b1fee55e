import type { ErrnoTable } from '@oa/contracts'
import type { Words } from './words.ts'

export type ErrnoGuide = {
  meaning: Words
  /** What an operator does when users report it. */
  operator: Words
  /** Only other services, or the log, ever see it. */
  notForMiniProgram?: true
}

const NOTHING: Words = { zh: '无需处理。', en: 'Nothing.' }
const CALLER: Words = {
  zh: '小程序不会发出这样的请求。大量出现时，多半是扫描或其他程序：按日志中的 route 查来源。',
  en: 'The mini-program sends no such request. When there are many, something else calls: see the route in the log.',
}

/** What each errno means to an operator; docs/errors.md prints it. */
export const OPERATOR_GUIDE: Record<Exclude<keyof ErrnoTable, 'OK'>, ErrnoGuide> = {
  FAIL: {
    meaning: { zh: '没有得到可用的响应', en: 'No usable answer arrived' },
    operator: {
      zh: '服务端不一定有记录。只有一位用户时是其网络问题；多位用户时检查域名、证书、`/livez`，以及小程序后台的“request 合法域名”。',
      en: 'The server may have no record of it. If one user reports it, it is their network. If many do, check the domain, its certificate, `/livez`, and the request domains (request 合法域名) in the console of the mini-program.',
    },
  },
  BAD_ARGUMENT: {
    meaning: { zh: '请求格式不对', en: 'The request is malformed' },
    operator: {
      zh: '个别出现无需处理。发布后大量出现时，小程序与服务端的版本不匹配：把请求编号和日志中的 route 交给开发人员。',
      en: 'Nothing, if it is rare. If it is frequent after a release, mini-program and server do not fit together: give request ids and the route in the log to the developers.',
    },
  },
  BAD_VALUE: {
    meaning: { zh: '值不被接受', en: 'A value is not accepted' },
    operator: {
      zh: '由发消息的服务核对模板 ID 与字段（小程序后台“功能 → 订阅消息 → 我的模板”）。头像地址不被接受时，个别出现无需处理。',
      en: 'The service that sends the message compares template id and fields with 功能 → 订阅消息 → 我的模板 in the console. If it is about an avatar, nothing.',
    },
  },
  UNLOGIN: {
    meaning: { zh: '没有登录', en: 'Not signed in' },
    operator: {
      zh: '个别出现无需处理。所有用户同时出现时，检查 `JWT_KEYS`：更换密钥时旧密钥要保留。提示“服务令牌无效”时核对 `INTERNAL_TOKENS`，来源地址在日志 `a service token was refused` 中。',
      en: 'Nothing, if it is rare. If all users get it at once, check `JWT_KEYS`: a rotation keeps the previous key. For 服务令牌无效, compare `INTERNAL_TOKENS`; the log line `a service token was refused` names the address.',
    },
  },
  SYSTEM: {
    meaning: { zh: '服务端出错', en: 'The server failed' },
    operator: {
      zh: '按请求编号查日志。`a request could not be served` 写明 errcode，按下面的 errcode 表处理；`a request met a bug` 连同堆栈交给开发人员。',
      en: 'Look the request id up in the log. `a request could not be served` names an errcode: see the table of errcodes below. `a request met a bug` goes to the developers, with its stack.',
    },
  },
  UNSUPPORTED: {
    meaning: { zh: '没有这个接口', en: 'No such route' },
    operator: {
      zh: '若是 `/wx/push` 或 `/internal/wechat`，该功能没有启用：设置 `WX_PUSH_TOKEN` 或 `INTERNAL_TOKENS`。否则核对反向代理转发的路径。',
      en: 'If the path is `/wx/push` or `/internal/wechat`, the feature is off: set `WX_PUSH_TOKEN` or `INTERNAL_TOKENS`. Otherwise check which paths the reverse proxy forwards.',
    },
  },
  STALE: {
    meaning: {
      zh: '内容已在别处修改，或正在处理',
      en: 'It was changed elsewhere, or is being handled',
    },
    operator: {
      zh: '无需处理。用户在两台设备上同时修改资料，或两位管理员同时修改组织时出现；在 `/wx/push` 的请求日志中，是微信重发了正在处理的推送，稍后会再发。',
      en: 'Nothing. A user edits a profile on two devices, or two administrators edit the company; in the request log of `/wx/push`, WeChat repeated a push that is still being handled, and will send it again.',
    },
  },
  FORBIDDEN: {
    meaning: { zh: '没有权限', en: 'Not permitted' },
    operator: {
      zh: '由组织的管理员处理：邀请、通过申请、恢复成员或调整角色。组织没有所有者时，用 `org appoint` 指定一位。',
      en: 'It is up to the administrators of the company: they invite, accept, resume or give a role. If the company has no owner left, appoint one with `org appoint`.',
    },
  },
  WX_CODE_INVALID: {
    meaning: { zh: '微信登录凭证无效', en: 'The WeChat login code is not valid' },
    operator: {
      zh: '个别出现无需处理。所有用户都出现时，核对 `WX_APPID` 是用户打开的那个小程序。',
      en: 'Nothing, if it is rare. If all users get it, check that `WX_APPID` is the mini-program that users open.',
    },
  },
  WX_UNAVAILABLE: {
    meaning: { zh: '微信暂时不可用', en: 'WeChat is not available' },
    operator: {
      zh: '看 `/readyz` 的 `wechat`。日志有 `quota of WeChat is spent` 时，额度用完：见 errcode 45009。否则检查服务器到 `WX_API_BASE` 的网络、DNS 与 TLS；微信恢复后自动恢复，已登录的用户不受影响。',
      en: "Look at `wechat` in `/readyz`. If the log has `quota of WeChat is spent`, see errcode 45009. Otherwise check the server's network, DNS and TLS to `WX_API_BASE`. It recovers when WeChat does, and users who are signed in keep working.",
    },
  },
  WX_RISK_BLOCKED: {
    meaning: { zh: '微信风控拦截', en: 'Blocked by WeChat' },
    operator: {
      zh: '服务端无法解除。请用户在微信中处理账号的安全提示。',
      en: 'The server cannot lift it. The user follows the security notices in WeChat.',
    },
  },
  ACCOUNT_DISABLED: {
    meaning: { zh: '账号已停用', en: 'The account is frozen' },
    operator: {
      zh: '停用由管理员用 `user freeze` 做出，内部备注在 `--note`。核实后用 `user unfreeze --openid …` 恢复。',
      en: 'An operator froze the account with `user freeze`; the internal remark is its `--note`. To enable it again, run `user unfreeze --openid …`.',
    },
  },
  WX_SESSION_EXPIRED: {
    meaning: { zh: '微信会话密钥已失效', en: "WeChat's session key is gone" },
    operator: {
      zh: '个别出现无需处理。大量出现时检查 `SESSION_KEYS`：更换密钥时旧密钥要保留。',
      en: 'Nothing, if it is rare. If it is frequent, check `SESSION_KEYS`: a rotation keeps the previous key.',
    },
  },
  TOO_MANY_REQUESTS: {
    meaning: { zh: '过于频繁', en: 'Too many requests' },
    operator: {
      zh: '一般等待即可。许多用户登录时出现：检查 `TRUST_PROXY`（设错时所有用户算作一个地址），再考虑 `LOGIN_LIMIT_PER_IP`、`LOGIN_LIMIT_REFUSED_PER_IP` 与 `LOGIN_LIMIT_TOTAL`。其他服务出现：`INTERNAL_LIMIT_PER_MINUTE`。',
      en: 'Usually nothing: it passes. If many users get it at sign-in, check `TRUST_PROXY` (if it is wrong, all users count as one address), then `LOGIN_LIMIT_PER_IP`, `LOGIN_LIMIT_REFUSED_PER_IP` and `LOGIN_LIMIT_TOTAL`. If another service gets it, see `INTERNAL_LIMIT_PER_MINUTE`.',
    },
  },
  UNAVAILABLE: {
    meaning: { zh: '服务暂时不可用', en: 'The service is not available' },
    operator: {
      zh: '看 `/readyz` 的 `database`，检查数据库是否在运行、连接数是否用尽、磁盘是否已满；原因在日志 `a request could not be served` 中。恢复后自动可用。`/readyz` 本身也以此 errno 表示 down 或 stopping。',
      en: 'Look at `database` in `/readyz`, and check whether the database is running and has connections and disk space left. The log line `a request could not be served` names the reason. It recovers by itself. `/readyz` itself answers with this errno while it says down or stopping.',
    },
  },
  NOT_FOUND: {
    meaning: { zh: '没有找到', en: 'Not found' },
    operator: NOTHING,
  },
  METHOD_NOT_ALLOWED: {
    meaning: { zh: '请求方法不支持', en: 'Method not allowed' },
    operator: CALLER,
  },
  PAYLOAD_TOO_LARGE: {
    meaning: { zh: '请求体过大', en: 'The body is too large' },
    operator: CALLER,
  },
  UNSUPPORTED_MEDIA_TYPE: {
    meaning: { zh: '请求类型不支持', en: 'Unsupported media type' },
    operator: CALLER,
  },
  HEADERS_TOO_LARGE: {
    meaning: { zh: '请求头过大', en: 'The headers are too large' },
    operator: {
      zh: '检查反向代理是否加了过大的请求头或 Cookie。',
      en: 'Check whether the reverse proxy adds large headers or cookies.',
    },
  },
  URI_TOO_LONG: {
    meaning: { zh: '地址过长', en: 'The URL is too long' },
    operator: CALLER,
  },
  SESSION_ENDED: {
    meaning: { zh: '登录已在别处结束', en: 'The session was ended from elsewhere' },
    operator: {
      zh: '无需处理。用户说不是本人操作时，请其重新登录，在“个人中心”查看登录设备；登录记录在 `login_event` 表中。设备数上限是 `MAX_SESSIONS`（默认 10）。',
      en: 'Nothing. If the user did not do it, let them sign in and look at their devices; the table `login_event` has what happened. `MAX_SESSIONS` (10 by default) limits the devices.',
    },
  },
  FRESH_LOGIN_REQUIRED: {
    meaning: { zh: '需要刚刚登录', en: 'A recent sign-in is needed' },
    operator: {
      zh: '无需处理：小程序会自动重新登录。',
      en: 'Nothing: the mini-program signs in again by itself.',
    },
  },
  PHONE_TAKEN: {
    meaning: { zh: '手机号已被占用', en: 'The phone number is taken' },
    operator: {
      zh: '没有转移号码的命令，也不要告诉用户它属于谁。由另一个账号换绑或注销；已停用的账号仍占用号码，须先恢复。',
      en: 'No command moves a number, and whose it is must not be told. The owner of the other account binds another number or closes the account; a frozen account keeps its number, so enable it first.',
    },
  },
  PHONE_BUDGET_SPENT: {
    meaning: { zh: '手机号验证额度用完', en: 'The budget for phone numbers is spent' },
    operator: {
      zh: '日志有 `quota of WeChat is spent` 时，微信的额度用完，见 errcode 45009。否则只有一位用户时等待，或提高 `PHONE_BUDGET_PER_PERSON`；所有用户都出现时先查是否有人滥用，再提高 `PHONE_BUDGET_TOTAL`。',
      en: 'If the log has `quota of WeChat is spent`, see errcode 45009. Otherwise, if one user gets it, wait or raise `PHONE_BUDGET_PER_PERSON`; if all users get it, look for abuse first, then raise `PHONE_BUDGET_TOTAL`.',
    },
  },
  PHONE_CODE_INVALID: {
    meaning: { zh: '手机号验证无效', en: 'The proof of a phone number is not valid' },
    operator: {
      zh: '个别出现无需处理。所有用户都出现时，核对 `WX_APPID` 是用户打开的那个小程序，并校准服务器时钟。',
      en: 'Nothing, if it is rare. If all users get it, check that `WX_APPID` is the mini-program that users open, and set the clock of the server.',
    },
  },
  MESSAGE_NOT_ALLOWED: {
    meaning: { zh: '用户没有同意接收消息', en: 'The user has not agreed to the message' },
    operator: {
      zh: '无需处理。由发消息的服务等用户再次订阅或发来消息。',
      en: 'Nothing. The service that sends waits until the user subscribes or writes again.',
    },
    notForMiniProgram: true,
  },
  CONTENT_REFUSED: {
    meaning: { zh: '内容未通过微信的内容安全检查', en: "WeChat's content check refuses it" },
    operator: {
      zh: '无需处理。正常的昵称被拒绝时，在小程序后台反馈；`CONTENT_CHECK=off` 关闭检查，但审核要求有检查。',
      en: "Nothing. When a harmless name is refused, report it in the console of the mini-program. `CONTENT_CHECK=off` switches the check off, but WeChat's review demands one.",
    },
  },
  PICTURE_INVALID: {
    meaning: { zh: '图片不能使用', en: 'The picture cannot be used' },
    operator: {
      zh: '无需处理。很多用户都出现“图片处理时间过长”时，服务器的处理器不够。',
      en: 'Nothing. When many users are told that it takes too long, the server has too few processors.',
    },
  },
  LINK_INVALID: {
    meaning: { zh: '邀请或链接无效', en: 'The invitation or link is not valid' },
    operator: {
      zh: '无需处理。投屏链接由会议的主持人重新生成；邀请由组织的管理员重新发出；组织没有能登录的管理员时，用 `org appoint` 指定一位。',
      en: 'Nothing. The host of the meeting makes a new link for the projector, an administrator of the company a new invitation; if none can sign in, appoint one with `org appoint`.',
    },
  },
  LAST_OWNER: {
    meaning: { zh: '最后一位所有者', en: 'The last owner' },
    operator: {
      zh: '由本人先指定另一位所有者。没有合适的成员时，用 `org appoint` 指定，或用 `org close` 关闭组织。',
      en: 'The user makes another member an owner first. If there is nobody, appoint one with `org appoint`, or close the company with `org close`.',
    },
  },
  HAS_DUTIES: {
    meaning: { zh: '还有要主持的会议', en: 'Hosts meetings to come' },
    operator: {
      zh: '无需处理。先更换这些会议的主持人，或取消会议。',
      en: 'Nothing. The hosts of these meetings are changed, or the meetings cancelled, first.',
    },
  },
  MEETING_STATE: {
    meaning: { zh: '会议状态不符', en: 'The meeting is in another state' },
    operator: {
      zh: '无需处理。两个人同时操作同一会议，或页面过期时出现。',
      en: 'Nothing. Two people act on one meeting at once, or a page is out of date.',
    },
  },
  ROOM_TAKEN: {
    meaning: { zh: '会议室已被占用', en: 'The room is taken' },
    operator: {
      zh: '无需处理。另一场会议先订了这段时间。',
      en: 'Nothing. Another meeting has taken that time first.',
    },
  },
  NOT_NOW: {
    meaning: { zh: '时间未到或已过', en: 'Too early or too late' },
    operator: {
      zh: '个别出现无需处理。经常出现时，核对服务器与数据库的时间。',
      en: 'Nothing, if it is rare. If it is not, compare the clocks of server and database.',
    },
  },
  CHECK_IN_CODE_INVALID: {
    meaning: { zh: '签到码无效', en: 'The check-in code is invalid' },
    operator: {
      zh: '个别出现无需处理。一场会议中大量出现时，投影可能有延迟，或各节点的 SESSION_KEYS 不一致。',
      en: 'Nothing, if it is rare. If many in one meeting get it, the projector may be slow, or the nodes have different SESSION_KEYS.',
    },
  },
  NOT_INVITED: {
    meaning: { zh: '不在参会名单中', en: 'Not on the list of the meeting' },
    operator: {
      zh: '无需处理。主持人可以在会议开始前添加参会人员。',
      en: 'Nothing. The host can add people before the meeting begins.',
    },
  },
  ALREADY_VOTED: {
    meaning: { zh: '已投过票', en: 'Voted already' },
    operator: {
      zh: '无需处理。用户的第一张票已计入。',
      en: 'Nothing. The first ballot of the user counts.',
    },
  },
  VOTE_OPEN: {
    meaning: { zh: '还有开启的投票', en: 'A vote is open' },
    operator: {
      zh: '无需处理。结束投票后即可结束会议。',
      en: 'Nothing. The meeting can end once its votes are closed.',
    },
  },
  NOT_AN_ELECTOR: {
    meaning: { zh: '不是投票人', en: 'Not an elector' },
    operator: {
      zh: '无需处理。投票人在开启投票时确定，之后不再增加。',
      en: 'Nothing. Who may vote is fixed when the vote opens; nobody is added later.',
    },
  },
  OVERLOADED: {
    meaning: { zh: '服务繁忙', en: 'Too much to do' },
    operator: {
      zh: '什么都没有执行，小程序稍后重试。日志 `too much to do` 写明拒绝了多少请求，指标是 `oa_overload_refusals_total`。看 CPU 是否用满、是否有人在攻击；需要时增加节点。上限见 `OVERLOAD_DELAY_MS` 与 `OVERLOAD_REQUESTS`。',
      en: 'Nothing was done, and the mini-program tries again. The log line `too much to do` says how many requests were refused; `oa_overload_refusals_total` counts them. Look whether the processors are busy and who sends the requests; add nodes where they are users. `OVERLOAD_DELAY_MS` and `OVERLOAD_REQUESTS` set the bounds.',
    },
  },
}
