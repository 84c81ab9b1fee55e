import type { TEXTS } from './texts.ts'
import type { Words } from './words.ts'

type Table = typeof TEXTS

/** When each text of the table is answered; docs/errors.md prints it beside the text. */
export const SITUATIONS: { [Name in keyof Table]: Record<keyof Table[Name], Words> } = {
  FAIL: {},
  BAD_ARGUMENT: {
    invalidJson: { zh: '请求体不是 JSON', en: 'The body is not JSON.' },
    invalidUtf8: { zh: '请求体不是 UTF-8', en: 'The body is not UTF-8.' },
    invalidUnicode: { zh: '文本中有残缺的字符', en: 'A text has half of a character in it.' },
    tooDeep: { zh: '请求体嵌套超过 8 层', en: 'The body is nested more than 8 levels deep.' },
    incomplete: { zh: '请求体长度与声明不符', en: 'The body is not as long as the request says.' },
    oneFile: {
      zh: '上传的不是恰好一个文件',
      en: 'What was uploaded is not exactly one file.',
    },
    invalidUrl: { zh: '地址无法解码', en: 'The URL cannot be decoded.' },
    timedOut: { zh: '请求在 8 秒内没有发完', en: 'The request did not arrive whole within 8 s.' },
    unreadable: { zh: '收到的不是 HTTP 请求', en: 'What arrived is not an HTTP request.' },
    other: { zh: '其他格式错误', en: 'Any other malformed request.' },
  },
  BAD_VALUE: {
    participants: {
      zh: '参会人员、主持人或记录人不是该组织的在职成员',
      en: 'Somebody who is to take part is no active member of the company.',
    },
    host: {
      zh: '提交或复制时，主持人已离开或已停用',
      en: 'The host has left or is suspended when the meeting is submitted or copied.',
    },
    room: {
      zh: '会议室不存在、已停用或属于其他组织',
      en: 'The room does not exist, is disabled, or belongs to another company.',
    },
    roomHours: {
      zh: '会议室在这段时间不开放',
      en: 'The room is closed at that time.',
    },
    roomLength: {
      zh: '会议长于会议室允许的时间',
      en: 'The meeting is longer than the room allows.',
    },
    roomName: {
      zh: '同一组织已有同名会议室',
      en: 'The company has a room of that name.',
    },
    roomInUse: {
      zh: '停用的会议室还有未开始的会议',
      en: 'A room is disabled that meetings still hold.',
    },
    order: {
      zh: '结束时间不晚于开始时间',
      en: 'The end is not after the start.',
    },
    tooLong: {
      zh: '会议长于 24 小时',
      en: 'The meeting is longer than 24 hours.',
    },
    tooFar: {
      zh: '会议在一年以后',
      en: 'The meeting is more than a year away.',
    },
    slots: {
      zh: '占用会议室的会议不是从整 5 分钟开始或结束',
      en: 'A meeting in a room does not start and end on five minutes.',
    },
    auditor: {
      zh: '需要审批的会议没有合适的审批人',
      en: 'A meeting that needs approval has nobody who may approve it.',
    },
    reason: {
      zh: '驳回或取消时没有填写原因',
      en: 'A rejection or a cancellation has no reason.',
    },
    secretVote: {
      zh: '无记名投票被设为可改票或实时公布',
      en: 'A secret vote is to be changeable, or to show tallies while it is open.',
    },
    electorate: {
      zh: '会议内的投票不按签到或参会人员，或会议外的投票按签到或参会人员',
      en: 'The electorate is none for a vote inside a meeting, or none for one without.',
    },
    electors: {
      zh: '指定的投票人为空，或有人不是该组织的在职成员',
      en: 'No elector is named, or one is no active member of the company.',
    },
    tooManyElectors: {
      zh: '指定的投票人超过 2,000 人',
      en: 'More than 2,000 electors are named.',
    },
    options: {
      zh: '选项少于 2 个，或与弃权重复',
      en: 'There are fewer than two options, or one repeats the abstention.',
    },
    choiceBounds: {
      zh: '可选数量的下限大于上限，或上限大于选项数',
      en: 'The least number of choices exceeds the greatest, or that the number of options.',
    },
    choices: {
      zh: '选票所选的数量不对、选项不存在，或弃权的同时又选了其他选项',
      en: 'A ballot chooses too few or too many options, unknown ones, or others beside an abstention.',
    },
    requestId: {
      zh: '同一 requestId 用于不同的请求',
      en: 'A requestId was used for another request.',
    },
    app: {
      zh: '请求头 `X-OA-Appid` 写的小程序不在服务器的 `WX_APPS`（或 `WX_APPID`）中',
      en: 'The mini-program in the header `X-OA-Appid` is not among `WX_APPS` (or `WX_APPID`) of the server.',
    },
    birthday: {
      zh: '生日不存在，或在将来，或早于 1900 年',
      en: 'The day does not exist, is in the future or before 1900.',
    },
    template: {
      zh: '上报了没有配置的订阅消息模板',
      en: 'A template of subscribe messages is reported that is not configured.',
    },
    whichOrg: {
      zh: '调用者属于多个组织，而请求没有指明哪一个',
      en: 'The caller belongs to several companies, and the request names none.',
    },
    department: {
      zh: '请求中的部门不存在，或属于另一个组织',
      en: 'The department does not exist, or belongs to another company.',
    },
    departmentTaken: {
      zh: '部门改成了另一个部门的名称',
      en: 'A department is given the name of another one.',
    },
    cursor: {
      zh: '翻页所指的条目已不存在',
      en: 'The entry after which a list is to go on is gone.',
    },
    memberState: {
      zh: '成员的状态不允许这样改变，例如恢复一位已离开的成员',
      en: 'A member in this state cannot be changed so, for example one who has left.',
    },
    self: {
      zh: '管理员停用或移除自己',
      en: 'An administrator suspends or removes themselves.',
    },
    message: {
      zh: '其他服务要发的消息被微信拒绝：模板、字段或内容不对',
      en: 'WeChat refuses a message of another service: its template, a field or the content is wrong.',
    },
  },
  UNLOGIN: {
    noSession: {
      zh: '没有登录态，或登录态已过期、已退出',
      en: 'There is no token, or its session has expired or was logged out.',
    },
    serviceToken: {
      zh: '其他服务调用 /internal/wechat 时没有有效的服务令牌',
      en: 'Another service called /internal/wechat without a valid service token.',
    },
  },
  SYSTEM: {
    bug: { zh: '程序缺陷', en: 'A bug.' },
    misconfigured: {
      zh: '微信拒绝了本服务：AppID、AppSecret、IP 白名单、权限或请求内容不对',
      en: 'WeChat refuses this server: the appid, AppSecret, IP white-list, a permission or the request is wrong.',
    },
  },
  UNSUPPORTED: {
    unknownRoute: {
      zh: '路径不存在，或该功能没有启用',
      en: 'There is no such path, or the feature is switched off.',
    },
  },
  STALE: {
    meeting: {
      zh: '会议在读取之后被他人修改，或已改期',
      en: 'The meeting was changed, or moved, since the client read it.',
    },
    vote: {
      zh: '投票在读取之后有变化，例如已由他人结束',
      en: 'The vote has changed since the client read it, for example somebody else closed it.',
    },
    profile: {
      zh: '资料在用户打开编辑页之后又被修改过',
      en: 'The profile was changed after the user opened the page to edit it.',
    },
    org: {
      zh: '成员、申请、部门或规则在打开页面之后被他人修改过',
      en: 'A member, request, department or rule was changed by somebody else since it was read.',
    },
  },
  FORBIDDEN: {
    mayNotConvene: {
      zh: '组织规定普通成员不能发起会议，而普通成员发起了会议',
      en: 'The company lets only organisers call meetings, and a plain member does.',
    },
    organisersOnly: {
      zh: '参会人员操作只有组织者能做的事',
      en: 'A participant does what only the organisers may.',
    },
    auditorOnly: {
      zh: '审批人以外的人，或兼任发起人、主持人的审批人审批会议',
      en: 'Somebody else than the auditor, or an auditor who called or hosts the meeting, decides on it.',
    },
    participantsOnly: {
      zh: '没有参会的成员答复会议',
      en: 'A member who does not take part replies.',
    },
    mayNotCallVotes: {
      zh: '普通成员发起会议之外的投票',
      en: 'A plain member drafts a vote that belongs to no meeting.',
    },
    voteOrganisersOnly: {
      zh: '投票人或管理员操作只有组织者能做的事，或查看无记名投票的选票',
      en: 'Somebody does what only the organisers of a vote may, or asks for the ballots of a secret one.',
    },
    voteElectorsOnly: {
      zh: '没有参与的管理员查看投票人或选票',
      en: 'An administrator who has no part in a vote asks for its electors or ballots.',
    },
    notMember: {
      zh: '请求所指的组织不存在、已关闭，或调用者不是其成员',
      en: 'The company does not exist, is closed, or the caller is none of its members.',
    },
    pending: {
      zh: '加入申请尚未通过',
      en: 'The request to join has not been accepted yet.',
    },
    suspended: {
      zh: '管理员停用了调用者的成员资格',
      en: 'An administrator suspended the membership of the caller.',
    },
    adminsOnly: {
      zh: '普通成员调用管理接口',
      en: 'An ordinary member calls a route for administrators.',
    },
    ownersOnly: {
      zh: '管理员修改角色，或停用、移除管理员与所有者',
      en: 'An administrator changes roles, or suspends or removes administrators or owners.',
    },
  },
  WX_CODE_INVALID: {
    refused: {
      zh: '微信不认 wx.login 给出的 code：已用过、已过期或不属于本小程序',
      en: 'WeChat refuses the code of wx.login: it was used, has expired or belongs to another mini-program.',
    },
    inUse: {
      zh: '同一个 code 正被另一个内容不同的登录请求使用',
      en: 'Another sign-in with different content is using the same code.',
    },
  },
  WX_UNAVAILABLE: {
    away: {
      zh: '微信没有响应、响应异常，或当天的接口额度已用完',
      en: "WeChat does not answer, answers something that is not its own, or a day's quota of it is spent.",
    },
  },
  WX_RISK_BLOCKED: {
    blocked: {
      zh: '微信风控拦截了此用户',
      en: "WeChat's risk control refuses this user.",
    },
  },
  ACCOUNT_DISABLED: {
    violation: { zh: '停用时用了 --code violation', en: 'Frozen with --code violation.' },
    security: { zh: '停用时用了 --code security', en: 'Frozen with --code security.' },
    departed: { zh: '停用时用了 --code departed', en: 'Frozen with --code departed.' },
    requested: { zh: '停用时用了 --code requested', en: 'Frozen with --code requested.' },
    other: {
      zh: '停用时用了 --code other 或没有给出原因；若用了 --reason，则显示所写的文字',
      en: 'Frozen with --code other or without a code; the words of --reason replace any of these.',
    },
    closed: {
      zh: '请求处理期间，用户注销了账号',
      en: 'The user closed the account while the request was served.',
    },
  },
  WX_SESSION_EXPIRED: {
    keyGone: {
      zh: '用旧版客户端绑定手机号时，会话里的 session_key 已不在或无法解开',
      en: 'An old client binds a phone number, and the session_key of its session is gone or cannot be opened.',
    },
  },
  TOO_MANY_REQUESTS: {
    signIn: {
      zh: '同一地址或全部用户的登录超过上限，或微信的分钟额度用完',
      en: "One address, or all users together, sign in too often, or WeChat's quota of the minute is spent.",
    },
    phone: {
      zh: '一小时内第 11 次提交加密的手机号，或微信的分钟额度用完',
      en: "An encrypted phone number is sent for the 11th time in an hour, or WeChat's quota of the minute is spent.",
    },
    export: { zh: '一小时内第 6 次导出个人信息', en: 'The 6th export of own data in an hour.' },
    profile: {
      zh: '一小时内第 61 次修改资料，或第 21 次上传头像',
      en: 'The 61st edit of the profile or the 21st upload of a picture in an hour.',
    },
    consents: {
      zh: '一小时内第 31 次上报订阅结果',
      en: 'Consents to subscribe messages are reported for the 31st time in an hour.',
    },
    join: {
      zh: '一小时内第 21 次申请加入组织',
      en: 'The 21st request to join a company in an hour.',
    },
    org: {
      zh: '一小时内第 61 次生成邀请或小程序码',
      en: 'The 61st invitation or mini-program code in an hour.',
    },
    checkIn: {
      zh: '同一人一分钟内第 11 次签到',
      en: 'The 11th check-in of a person in a minute.',
    },
    screen: {
      zh: '同一地址一分钟内超过 600 次请求投屏页面',
      en: 'More than 600 requests for pages of projectors in a minute from one address.',
    },
    service: {
      zh: '其他服务的调用超过上限，或同一来源多次使用错误的服务令牌',
      en: 'Another service calls too often, or wrong service tokens keep coming.',
    },
    wechat: {
      zh: '其他服务的调用遇到微信的分钟额度用完',
      en: "WeChat's quota of the minute is spent when another service calls.",
    },
    connection: {
      zh: '同一连接不等响应就连续发出一百多个请求；随后连接关闭',
      en: 'More than a hundred requests of one connection did not wait for the answers before; it is closed.',
    },
  },
  UNAVAILABLE: {
    away: {
      zh: '数据库连不上或没有及时响应，或请求处理超过 10 秒',
      en: 'The database is away or too slow, or a request took longer than 10 s.',
    },
  },
  NOT_FOUND: {
    missing: {
      zh: '要结束的会话不存在或不属于此用户；其他服务查询的用户不存在或已注销',
      en: 'The session to end is not there or not of this user; the user that another service asks for is unknown or closed.',
    },
  },
  METHOD_NOT_ALLOWED: {
    method: { zh: '路径存在，但不支持此方法', en: 'The path exists, but not for this method.' },
  },
  PAYLOAD_TOO_LARGE: {
    body: { zh: '请求体超过 64 KiB', en: 'The body is larger than 64 KiB.' },
    picture: { zh: '上传的图片超过 1 MiB', en: 'The uploaded picture is larger than 1 MiB.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    type: { zh: 'Content-Type 不是 JSON', en: 'The Content-Type is not JSON.' },
    upload: {
      zh: '上传头像的请求不是 multipart/form-data',
      en: 'The upload of a picture is not multipart/form-data.',
    },
    encoding: {
      zh: '请求体的编码不是 UTF-8，或被压缩',
      en: 'The body is said to be in another charset than UTF-8, or is compressed.',
    },
  },
  HEADERS_TOO_LARGE: {
    headers: { zh: '请求头超过 16 KiB', en: 'The headers are larger than 16 KiB.' },
  },
  URI_TOO_LONG: {
    url: { zh: '地址超过 2048 个字符', en: 'The URL is longer than 2048 characters.' },
  },
  SESSION_ENDED: {
    ended_by_user: {
      zh: '用户在另一台设备上结束了此设备的登录',
      en: 'The user ended this session from another device.',
    },
    logout_all: {
      zh: '用户在另一台设备上退出了所有设备',
      en: 'The user signed out everywhere from another device.',
    },
    too_many: {
      zh: '登录的设备超过上限，最早的一台被退出',
      en: 'The user signed in on too many devices, and this was the oldest.',
    },
    left_elsewhere: {
      zh: '用户在另一台设备上注销了账号',
      en: 'The user closed the account from another device.',
    },
  },
  FRESH_LOGIN_REQUIRED: {
    tooOld: {
      zh: '绑定手机号、导出个人信息或注销账号时，最近一次登录超过 5 分钟',
      en: 'A phone number is bound, own data is exported or the account is closed more than 5 minutes after signing in.',
    },
  },
  PHONE_TAKEN: {
    taken: {
      zh: '要绑定的手机号属于另一个未注销的账号',
      en: 'The number belongs to another account that is not closed.',
    },
  },
  PHONE_BUDGET_SPENT: {
    own: {
      zh: '此用户一天内的付费验证次数已用完（默认 5 次）',
      en: "The user's own budget of paid verifications for a day is spent (5 by default).",
    },
    all: {
      zh: '全部用户一天内的付费验证次数已用完（默认 1000 次）',
      en: 'The budget of all users together for a day is spent (1000 by default).',
    },
    wechat: {
      zh: '微信手机号接口当天的额度已用完',
      en: "WeChat's own quota for phone numbers is spent for the day.",
    },
  },
  PHONE_CODE_INVALID: {
    invalid: {
      zh: '手机号的 code 或加密数据无效：已用过、已过期、属于他人或其他小程序',
      en: 'The code or the encrypted data of a phone number proves nothing: used, expired, of another user or another mini-program.',
    },
  },
  MESSAGE_NOT_ALLOWED: {
    noConsent: {
      zh: '其他服务要发的消息，用户没有订阅或次数已用完，或 48 小时内没有发过客服消息',
      en: 'The user has not agreed to the message of another service, the consent is used up, or the user has not written to customer service within 48 hours.',
    },
  },
  CONTENT_REFUSED: {
    name: {
      zh: '微信认为昵称有风险，或需要人工审核',
      en: 'WeChat thinks that the name is risky, or that a person should look at it.',
    },
    org: {
      zh: '微信认为姓名、职务、部门名称或原因有风险，或需要人工审核',
      en: 'WeChat thinks that a name, title, department or reason is risky, or that a person should look at it.',
    },
  },
  PICTURE_INVALID: {
    type: {
      zh: '文件内容不是 JPG、PNG 或 WebP，不论文件名是什么',
      en: 'The content of the file is not jpeg, png or webp, whatever its name says.',
    },
    tooManyPixels: {
      zh: '图片超过 2500 万像素',
      en: 'The picture has more than 25 million pixels.',
    },
    unreadable: { zh: '图片不完整或已损坏', en: 'The picture is incomplete or broken.' },
    tooSlow: { zh: '解码超过 3 秒', en: 'Decoding it takes longer than 3 s.' },
  },
  LINK_INVALID: {
    screen: {
      zh: '投屏链接不存在、已关闭，或超过 24 小时',
      en: 'The link for a projector is unknown, was closed, or is older than 24 hours.',
    },
    invitation: {
      zh: '邀请不存在、已用完、已撤销或已过期，或组织已关闭',
      en: 'The invitation is unknown, used up, revoked or expired, or the company is closed.',
    },
  },
  LAST_OWNER: {
    member: {
      zh: '最后一位所有者退出、被停用、被移除或改为其他角色',
      en: 'The last owner leaves, is suspended or removed, or is given another role.',
    },
    closing: {
      zh: '组织最后一位所有者注销账号',
      en: 'The last owner of a company closes the account.',
    },
  },
  HAS_DUTIES: {
    hosts: {
      zh: '停用或移除的成员还是未开始会议的主持人',
      en: 'A member who is suspended or removed hosts meetings that are still to come.',
    },
    own: {
      zh: '退出组织的成员还是未开始会议的主持人',
      en: 'A member who leaves hosts meetings that are still to come.',
    },
  },
  MEETING_STATE: {
    other: {
      zh: '例如取消已结束的会议，或审批已撤回的会议',
      en: 'For example, a meeting that is over is cancelled, or one that was withdrawn is approved.',
    },
    notRunning: {
      zh: '在会议开始之前或结束之后开启会议内的投票',
      en: 'A vote is opened before its meeting has begun, or after its end.',
    },
    vote: {
      zh: '例如修改已开启的投票，或结束已取消的投票',
      en: 'For example, a vote that is open is edited, or one that was cancelled is closed.',
    },
  },
  ROOM_TAKEN: {
    taken: {
      zh: '另一场会议占用了会议室的部分时段',
      en: 'Another meeting has the room in a part of that time.',
    },
  },
  NOT_NOW: {
    startsLater: {
      zh: '提交、审批或修改时，会议的开始时间已过',
      en: 'The start has passed when a meeting is submitted, approved or changed.',
    },
    hasOthers: {
      zh: '提交的会议除主持人外没有参会人员',
      en: 'A meeting is submitted in which nobody but the host takes part.',
    },
    isAboutToStart: {
      zh: '距开始还有 30 分钟以上时提前开始会议',
      en: 'A meeting is opened more than 30 minutes before its start.',
    },
    endsLater: {
      zh: '延长后的结束时间已过',
      en: 'A meeting is extended to an end that has passed.',
    },
    reminded: {
      zh: '两小时内重复提醒',
      en: 'People are reminded again within two hours.',
    },
    voteNotOpen: {
      zh: '对未开启、已结束或已取消的投票投票',
      en: 'A ballot is cast in a vote that is not open, or not any more.',
    },
    voteNotClosed: {
      zh: '投票结束之前查看选票',
      en: 'Ballots are asked for before the vote is closed.',
    },
    closesLater: {
      zh: '开启投票时截止时间已过',
      en: 'A vote is opened after the time when it was to close.',
    },
    noElectors: {
      zh: '开启投票时没有投票人，例如还没有人签到',
      en: 'A vote is opened for nobody, for example before anybody has checked in.',
    },
    secretElectors: {
      zh: '无记名投票的投票人少于 5 位',
      en: 'A secret vote is opened for fewer than five electors.',
    },
    tooManyElectors: {
      zh: '投票人超过 2,000 人',
      en: 'A vote is opened for more than 2,000 electors.',
    },
    checkInOpens: {
      zh: '签到开放之前显示签到码或签到；开放时间由组织设置，默认为会议开始前 30 分钟',
      en: 'Somebody shows the code or checks in before check-in opens, 30 minutes before the start unless the company has set another time.',
    },
    checkInOver: {
      zh: '会议结束或取消后显示签到码或签到',
      en: 'Somebody shows the code or checks in after the meeting has ended or was cancelled.',
    },
    correctionOver: {
      zh: '会议结束 7 天后补签或撤销签到',
      en: 'A check-in is recorded or taken back by hand later than 7 days after the end.',
    },
  },
  CHECK_IN_CODE_INVALID: {
    invalid: {
      zh: '扫到的不是签到码，或签到码超过 10 秒、被改动、来自其他服务器或其他组织',
      en: 'What was scanned is no code, is older than 10 s, was changed, or is of another server or company.',
    },
  },
  NOT_INVITED: {
    meeting: {
      zh: '同一组织的成员扫了自己没有参加的会议的签到码',
      en: 'A member of the company scans the code of a meeting to which nobody invited them.',
    },
  },
  ALREADY_VOTED: {
    counted: {
      zh: '已投票的人又投了另一张选票，或重复提交无记名选票',
      en: 'Another ballot of somebody who has voted, or the same secret one again.',
    },
  },
  VOTE_OPEN: {
    open: {
      zh: '会议还有开启的投票，而结束会议的请求没有要求一并结束',
      en: 'A meeting is to end while a vote is open, and the request does not close it.',
    },
  },
  NOT_AN_ELECTOR: {
    notListed: {
      zh: '投票者不在开启时确定的投票人之列',
      en: 'The caller was not among the electors when the vote opened.',
    },
    struck: {
      zh: '投票者在投票之前离开过组织或被停用过',
      en: 'The caller left the company or was suspended before voting.',
    },
  },
  OVERLOADED: {
    signIn: {
      zh: '进程已满负荷，先拒绝新的登录，以保证已登录的用户',
      en: 'The process has more to do than it can: sign-ins wait, so that users who are signed in do not.',
    },
    request: {
      zh: '拒绝登录之后进程仍然满负荷，或处理中的请求太多',
      en: 'It still has, without sign-ins, or too many requests are under way.',
    },
  },
}
