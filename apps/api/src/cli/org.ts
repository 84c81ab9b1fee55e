import { readFile } from 'node:fs/promises'
import { uuidv7 } from 'uuidv7'
import type { Config } from '../config/load-config.ts'
import type { Stores } from '../core.ts'
import { isDisplayText } from '../http/text-formats.ts'
import type { Founding, OwnerKey } from '../org/founding.ts'
import { createFounding, FoundingRefused } from '../org/founding.ts'
import { createPhoneLinks } from '../org/phone-link.ts'
import { createRosterImport } from '../org/roster.ts'
import { RosterUnreadable, readRoster } from '../org/roster-file.ts'
import { APP_OPTION, APP_USAGE, appOf } from './app.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, misuse, textOf } from './command.ts'
import { confirm } from './confirm.ts'
import type { Act } from './with-core.ts'
import { withStores } from './with-core.ts'

const MAX_ORG_NAME = 60
const MAX_PERSON_NAME = 40

type Tools = { stores: Stores; config: Config; founding: Founding; act: Act }

const withTools = (values: Values, shell: Shell, work: (tools: Tools) => Promise<void>) =>
  withStores(values, shell, async ({ config, stores, act }) => {
    const founding = createFounding({
      appId: appOf(values, config).appId,
      store: stores.orgs.founding,
      phoneLinks: createPhoneLinks(config.sessionKeys),
      clock: stores.clock,
      newId: uuidv7,
    })
    try {
      await work({ stores, config, founding, act })
    } catch (error) {
      const isExpected = error instanceof FoundingRefused || error instanceof RosterUnreadable
      throw isExpected ? new CommandError(error.message) : error
    }
  })

const create = async (values: Values, shell: Shell) => {
  const name = nameOf(values, 'name', MAX_ORG_NAME)
  const ownerName = textOf(values, 'owner-name') && nameOf(values, 'owner-name', MAX_PERSON_NAME)
  const owner = ownerOf(values)
  await withTools(values, shell, async ({ founding, act }) => {
    const { publicId, path } = await act({ act: 'org create', detail: { name } }, () =>
      founding.create(name, owner, ownerName),
    )
    shell.print(`Founded: ${publicId}`)
    if (path !== null) {
      shell.print(`The owner opens this within 7 days, with that number bound: ${path}`)
    }
  })
}

const appoint = async (values: Values, shell: Shell) => {
  const org = requiredOf(values, 'org')
  const owner = ownerOf(values)
  await withTools(values, shell, async ({ founding, act }) => {
    await act({ act: 'org appoint', subject: subjectOf(org) }, () => founding.appoint(org, owner))
    shell.print('Done: the person is an owner.')
  })
}

const close = async (values: Values, shell: Shell) => {
  const org = requiredOf(values, 'org')
  await withTools(values, shell, async ({ founding, act }) => {
    await confirm(values, shell, 'This hides the company from all its members for good.')
    await act({ act: 'org close', subject: subjectOf(org) }, () => founding.close(org))
    shell.print('Closed: its members see nothing of it from their next request on.')
  })
}

const list = async (values: Values, shell: Shell) => {
  await withTools(values, shell, async ({ founding }) => {
    for (const org of await founding.list()) {
      const owners = org.owners.length === 0 ? 'no owner' : `owned by ${org.owners.join(', ')}`
      const state = org.closedAt === null ? owners : `closed ${org.closedAt.toISOString()}`
      shell.print(`${org.publicId}  ${org.name}  ${org.people} member(s), ${state}`)
    }
  })
}

const importRoster = async (values: Values, shell: Shell) => {
  const org = requiredOf(values, 'org')
  const path = requiredOf(values, 'csv')
  const file = await readFile(path).catch(() => {
    throw new CommandError(`--csv cannot be read: ${path}`)
  })
  await withTools(values, shell, async ({ stores, config, founding, act }) => {
    const found = await founding.findOrg(org)
    const { people, refused } = readRoster(file, isDisplayText)
    const importPeople = createRosterImport({
      store: stores.orgs.rosters,
      departments: stores.orgs.departments,
      phoneLinks: createPhoneLinks(config.sessionKeys),
      clock: stores.clock,
      newId: uuidv7,
    })
    const detail = { people: people.length }
    const done = await act({ act: 'member import', subject: subjectOf(org), detail }, () =>
      importPeople(found, people),
    )
    shell.print(`Added ${done.added}, changed ${done.changed}, unchanged ${done.unchanged}.`)
    const bad = [...refused, ...done.refused].sort((one, other) => one.line - other.line)
    if (bad.length > 0) {
      throw new CommandError(bad.map(({ line, why }) => `line ${line}: ${why}`).join('\n'))
    }
  })
}

/** What was typed may be anything; the column takes no more. */
const subjectOf = (org: string) => org.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, 80)

const requiredOf = (values: Values, option: string): string => {
  const text = textOf(values, option)
  if (text === undefined) throw misuse(`--${option} is missing`)
  return text
}

const nameOf = (values: Values, option: string, maxLength: number): string => {
  const name = requiredOf(values, option).normalize('NFC').trim()
  if (name === '' || !isDisplayText(name)) {
    throw misuse(`--${option} must be words that can be shown`)
  }
  if ([...name].length > maxLength) {
    throw misuse(`--${option} is longer than ${maxLength} characters`)
  }
  return name
}

const ownerOf = (values: Values): OwnerKey => {
  const openid = textOf(values, 'owner-openid')
  const phone = textOf(values, 'owner-phone')
  if (openid !== undefined && phone === undefined) return { openid }
  if (phone !== undefined && openid === undefined) return { phone }
  throw misuse('one of --owner-openid and --owner-phone is needed')
}

const OWNER_OPTIONS = {
  'owner-openid': { type: 'string' },
  'owner-phone': { type: 'string' },
} as const

export const orgCommands: readonly Command[] = [
  {
    name: 'org create',
    usage: `org create --name NAME (--owner-openid OPENID | --owner-phone PHONE) [--owner-name NAME]
      ${APP_USAGE}
      --owner-phone  of somebody who has bound it, or who will: they get a link to come in by
      --owner-name   what the company calls its owner; needed for who has not come yet`,
    options: {
      name: { type: 'string' },
      'owner-name': { type: 'string' },
      ...OWNER_OPTIONS,
      ...APP_OPTION,
    },
    run: create,
  },
  {
    name: 'org appoint',
    usage: `org appoint --org ID (--owner-openid OPENID | --owner-phone PHONE)
      makes a user an owner, as when the last one is gone`,
    options: { org: { type: 'string' }, ...OWNER_OPTIONS, ...APP_OPTION },
    run: appoint,
  },
  { name: 'org list', usage: 'org list', options: APP_OPTION, run: list },
  {
    name: 'org close',
    usage: `org close --org ID
      its members see nothing of it any more; its rows stay`,
    options: { org: { type: 'string' }, ...APP_OPTION },
    run: close,
  },
  {
    name: 'member import',
    usage: `member import --org ID --csv FILE
      --csv          columns 姓名, 手机号, 部门, 职务; the same file again changes nothing`,
    options: { org: { type: 'string' }, csv: { type: 'string' }, ...APP_OPTION },
    run: importRoster,
  },
]
