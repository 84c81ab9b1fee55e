import { DISABLE_REASONS, isDisableCode } from '../account/disable-reasons.ts'
import type { AccountChange, Accounts } from '../account/freeze.ts'
import type { FreezeReason } from '../account/status-change.ts'
import { loadConfig } from '../config/load-config.ts'
import { openCore } from '../core.ts'
import { isDisplayText } from '../http/text-formats.ts'
import { createLogger } from '../infra/logging/logger.ts'
import type { UserKey } from '../users/user.ts'
import type { Command, Values } from './command.ts'
import { CommandError, print, textOf } from './command.ts'

/** As long as the columns. */
const MAX_TEXT_LENGTH = 255

const CODES = Object.keys(DISABLE_REASONS).join(', ')

const freezeReasonOf = (values: Values): FreezeReason => {
  const code = textOf(values, 'code')
  const reason = textOf(values, 'reason')
  const note = textOf(values, 'note')
  if (code !== undefined && !isDisableCode(code)) {
    throw new CommandError(`--code is not one of ${CODES}`)
  }
  for (const [flag, text] of Object.entries({ reason, note })) {
    if (text !== undefined && [...text].length > MAX_TEXT_LENGTH) {
      throw new CommandError(`--${flag} is longer than ${MAX_TEXT_LENGTH} characters`)
    }
  }
  // The user would read an empty refusal, or one that turns itself around on the screen.
  if (reason !== undefined && (reason.trim() === '' || !isDisplayText(reason))) {
    throw new CommandError('--reason must be words that can be shown')
  }
  return {
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { text: reason }),
    ...(note === undefined ? {} : { note }),
  }
}

type Change = (accounts: Accounts, key: UserKey) => Promise<AccountChange | null>

const changeAccount = async (values: Values, change: Change) => {
  const openid = textOf(values, 'openid')
  if (openid === undefined) throw new CommandError('--openid is missing')
  const config = loadConfig(process.env)
  const core = await openCore(config, createLogger({ level: 'error', readable: true }), {
    heartbeat: false,
  })
  try {
    const done = await change(core.accounts, { appId: config.wechat.appId, openid })
    if (done === null) throw new CommandError('There is no such person.')
    print(`Done: ${done.user.publicId}, ${done.ended} session(s) ended.`)
    if (!done.everywhere) print('Redis is away: other nodes notice within a minute.')
  } finally {
    await core.close()
  }
}

export const userCommands: readonly Command[] = [
  {
    name: 'user freeze',
    usage: `user freeze --openid OPENID [--code CODE] [--reason TEXT] [--note TEXT]
      --code         ${CODES}
      --reason       what the user is told, instead of the words that go with CODE
      --note         for operators; the user never sees it`,
    options: {
      openid: { type: 'string' },
      code: { type: 'string' },
      reason: { type: 'string' },
      note: { type: 'string' },
    },
    async run(values) {
      const reason = freezeReasonOf(values)
      await changeAccount(values, (accounts, key) => accounts.freeze(key, reason))
    },
  },
  {
    name: 'user unfreeze',
    usage: 'user unfreeze --openid OPENID',
    options: { openid: { type: 'string' } },
    run: (values) => changeAccount(values, (accounts, key) => accounts.unfreeze(key)),
  },
]
