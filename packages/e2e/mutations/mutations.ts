/** A mistake that could be made in the mini-program, and the test that must catch it. */
export interface Mutation {
  name: string
  /** Relative to apps/miniprogram/miniprogram. */
  file: string
  /** Each text must occur exactly once. */
  replace: readonly (readonly [from: string, to: string])[]
  /** The target is `headless` by default; what needs layout is caught in Chromium. */
  test: {
    file: string
    name: string
    /** What precedes the name of the one case that is run of several. */
    among?: string
    target?: 'headless-chromium'
  }
  /** Matches the output of the failing test. */
  reason: RegExp
}

const FIRST_SIGN_IN = { file: 'test/sign-in.test.ts', name: 'signs a new user in' }

/** In one of its looks: the others find nothing more of these mistakes, and take as long. */
const LOOKS = {
  file: 'test/looks.test.ts',
  name: 'readable, tappable, spoken and whole',
  among: 'in light with the normal font in zh_CN: ',
  target: 'headless-chromium',
} as const

export const mutations: readonly Mutation[] = [
  {
    name: 'a sign-in without consent',
    file: 'pages/auth/login/login.ts',
    replace: [['if (!this.data.agreed) {\n', 'if (this.data.agreed === undefined) {\n']],
    test: { file: 'test/consent.test.ts', name: 'nothing is sent before it is given' },
    reason: /waited .* in agreement-sheet/,
  },
  {
    name: 'WeChat’s sheet for the number before consent',
    file: 'pages/auth/login/login.wxml',
    replace: [["|| !agreed ? '' : openType", "? '' : openType"]],
    test: { file: 'test/consent.test.ts', name: 'comes before WeChat’s sheet' },
    reason: /to be ''/,
  },
  {
    name: 'consent that is forgotten',
    file: 'auth/agreement.ts',
    replace: [['if (agreed) write(KEY, agreement.version)\n  else ', '']],
    test: { file: 'test/consent.test.ts', name: 'is remembered' },
    reason: /waited .* for the page pages\/index\/index/,
  },
  {
    name: 'a page that keeps its language',
    file: 'pages/ucenter/index/index.ts',
    replace: [['...appearance(ucenter, ucenter.title), ', '']],
    test: { file: 'test/language.test.ts', name: 'show another language at once' },
    reason: /waited .*Settings.* in \.settings/,
  },
  {
    name: 'text that is too pale',
    file: 'styles/tokens.wxss',
    replace: [['--text-soft: #5c6268', '--text-soft: #8a9096']],
    test: LOOKS,
    reason: /1-home-guest: contrast/,
  },
  {
    name: 'a button that is too small for a finger',
    file: 'styles/rows.wxss',
    replace: [['  min-height: 52px;\n  padding: 10px 16px;', '  padding: 0 16px;']],
    test: LOOKS,
    reason: /17-settings: touch/,
  },
  {
    name: 'a switch without a name',
    file: 'pages/ucenter/phone/phone.wxml',
    replace: [['aria-label="{{t.endOthers}}"', '']],
    test: LOOKS,
    reason: /10-phone-change: name/,
  },
  {
    name: 'text that runs out of its card',
    file: 'styles/rows.wxss',
    replace: [
      ['  min-height: 52px;\n  padding: 10px 16px;', '  height: 52px;\n  padding: 0 16px;'],
    ],
    test: LOOKS,
    reason: /16-devices: cut/,
  },
  {
    name: 'a failed sign-in whose reason is out of sight',
    file: 'pages/auth/login/login.ts',
    replace: [["      if (!this.closed) reveal('.failed')\n", '']],
    test: { ...LOOKS, among: 'in light with the largest font in en: ' },
    reason: /waited .*failure-card,\.text in sight/,
  },
  {
    name: 'a page that nobody looks at',
    file: 'app.json',
    replace: [
      [
        '"pages/index/index",\n    "pages/m',
        '"pages/index/index",\n    "pages/new/new",\n    "pages/m',
      ],
    ],
    test: LOOKS,
    reason: /pages that the tour stops at/,
  },
  {
    name: 'no way back after signing in',
    file: 'pages/auth/login/login.ts',
    replace: [['doneWithoutPicture)\n      leave(HOME)\n', 'doneWithoutPicture)\n']],
    test: FIRST_SIGN_IN,
    reason: /waited .* for the page pages\/index\/index/,
  },
  {
    name: 'a runtime import of a workspace package',
    file: 'net/errno.ts',
    replace: [
      ['import type { ErrnoTable } from', 'import { ERRNO as TABLE } from'],
      ['ERRNO: ErrnoTable = {\n  OK: 0,', 'ERRNO = {\n  OK: TABLE.OK,'],
    ],
    test: FIRST_SIGN_IN,
    reason: /@oa\/contracts/,
  },
  {
    name: 'the token left out of requests',
    file: 'net/http.ts',
    replace: [["if (token) headers['X-OA-Token'] = token", '']],
    test: FIRST_SIGN_IN,
    // Without an answer neither the name nor the devices of the user appear: whichever is awaited first.
    reason: /waited .* in \.(name|device-count)/,
  },
  {
    name: 'no finally around the spinner',
    file: 'pages/auth/login/login.ts',
    replace: [[' finally {\n      this.patch({ submitting: false })\n    }', '']],
    test: { file: 'test/network.test.ts', name: 'shows the failure of a sign-in' },
    reason: /waited .*重试.* in \.submit/,
  },
  {
    name: 'a sign-in for each request that needs one',
    file: 'auth/sign-in.ts',
    replace: [['  if (!inFlight) {\n', '  {\n']],
    test: { file: 'test/renewal.test.ts', name: 'ten requests at once' },
    reason: /waited .* for ten answers|to have a length of/,
  },
  {
    name: 'a failure that is not shown',
    file: 'pages/auth/login/login.ts',
    replace: [['this.patch({ failure })', 'console.error(failure)']],
    test: { file: 'test/network.test.ts', name: 'shows the failure of a sign-in' },
    reason: /waited .* in failure-card/,
  },
  {
    name: 'a token that outlives signing out',
    file: 'auth/session.ts',
    replace: [["for (const key of ['token', ", 'for (const key of [']],
    test: { file: 'test/signing-out.test.ts', name: 'ends the session here' },
    reason: /to be ''/,
  },
  {
    name: 'an old sign-in that is not renewed',
    file: 'net/errno-actions.ts',
    replace: [
      ["[ERRNO.FRESH_LOGIN_REQUIRED]: 'signInAgain'", "[ERRNO.FRESH_LOGIN_REQUIRED]: 'showText'"],
    ],
    test: { file: 'test/phone-limits.test.ts', name: 'renews an old sign-in' },
    reason: /waited .* for the page pages\/ucenter\/index/,
  },
  {
    name: 'other devices that stay signed in with the switch on',
    file: 'pages/ucenter/phone/phone.ts',
    replace: [['request.endOtherSessions = true', 'request.endOtherSessions = false']],
    test: { file: 'test/phone.test.ts', name: 'the other devices are signed out' },
    reason: /waited .*退出了/,
  },
  {
    name: 'a dead button when the quota of phone numbers is spent',
    file: 'pages/ucenter/phone/phone.ts',
    replace: [["isBlocked: result === 'unavailable'", 'isBlocked: false']],
    test: { file: 'test/phone-limits.test.ts', name: 'the quota is spent' },
    reason: /waited .* in \.blocked/,
  },
  {
    name: 'a dead button on the sign-in page when the quota of phone numbers is spent',
    file: 'pages/auth/login/view.ts',
    replace: [["isPhoneBlocked: refusal === 'unavailable'", 'isPhoneBlocked: false']],
    test: { file: 'test/login-by-phone.test.ts', name: 'leaves no dead button' },
    reason: /waited .* for no \.by-phone/,
  },
  {
    name: 'a spent budget of phone numbers that keeps users from signing in without one',
    file: 'pages/auth/login/login.ts',
    replace: [
      ['isAboutNumber(failure) ? 0 : (failure.retryAfter ?? 0)', 'failure.retryAfter ?? 0'],
    ],
    test: { file: 'test/login-by-phone.test.ts', name: 'keeps nobody from signing in' },
    reason: /waited .* for the page pages\/index\/index/,
  },
  {
    name: 'a phone code that was paid for and is forgotten when the answer was lost',
    file: 'pages/auth/login/login.ts',
    replace: [['if (!wayOn.retries) this.proof = undefined', 'this.proof = undefined']],
    test: { file: 'test/login-by-phone.test.ts', name: 'sends the same number again' },
    reason: /to deeply equal/,
  },
  {
    name: 'a card that says who shared it and is forgotten',
    file: 'auth/sign-in.ts',
    replace: [['  if (shareId) entry.shareId = shareId\n', '']],
    test: { file: 'test/invitation.test.ts', name: 'opens the card and signs in later' },
    reason: /to be true/,
  },
  {
    name: 'an account that is closed by one tap',
    file: 'pages/ucenter/data/data.ts',
    replace: [['if (await confirmDanger(confirmTitle, confirmText, confirmClose)) ', '']],
    test: { file: 'test/own-data.test.ts', name: 'does not confirm' },
    reason: /errno: 501/,
  },
  {
    name: 'a new account in place of one that was closed',
    file: 'auth/closing.ts',
    replace: [['  errno === ERRNO.UNLOGIN && (', '  errno < ERRNO.UNLOGIN && (']],
    test: { file: 'test/own-data.test.ts', name: 'the answer was lost' },
    reason: /to deeply equal \[\]|to equal/,
  },
  {
    name: 'data that stays on the phone when its page is left',
    file: 'pages/ucenter/data/data.ts',
    replace: [
      [
        '      this.kept = kept\n',
        "      wx.setStorageSync('kept', kept)\n      this.kept = kept\n",
      ],
    ],
    test: { file: 'test/own-data.test.ts', name: 'gone when the page is left' },
    reason: /not to contain/,
  },
  {
    name: 'an unanswered creation that is not repeated as it was',
    file: 'packages/meeting/saver.ts',
    replace: [['    if (unanswered) await run(unanswered)\n', '']],
    test: {
      file: 'test/meetings.test.ts',
      name: 'makes one meeting, however many answers are lost',
    },
    reason: /waited .*/,
  },
]
