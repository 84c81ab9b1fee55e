import { runApiCommand } from './api-process.ts'
import { APP_ID } from './project.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** Why: one of the stated reasons, or words of the operator's own. */
type Reason = ['--code', string] | ['--reason', string]

/** An operator freezes the account of the user who is signed in, and who reads the reason. */
export const freeze = async (
  { wechat, person, stack, phone, api }: World,
  ...reason: Reason
): Promise<void> => {
  const people = await wechat.people()
  const openid = people.find(({ name }) => name === person)?.apps[APP_ID]?.openid
  await runApiCommand(stack, ['user', 'freeze', '--yes', '--openid', String(openid), ...reason])
  // Without Redis the API hears of it within a second.
  const token = String(await phone.stored('token'))
  await until('the API to refuse', async () => (await api.profile(token)).errno !== 0)
}
