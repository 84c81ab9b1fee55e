import type { Engine } from '../infra/database/engine.ts'

type Client = Parameters<Parameters<Engine['run']>[0]>[0]

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** Nobody but its organisers knows of a draft. */
const DRAFT = 1

/** The public ids that an event names: what it is about, and who else. */
export const idsIn = ({ subject, detail }: { subject: string; detail: string }): string[] => [
  ...new Set(`${subject} ${detail}`.match(ID)),
]

/** How members, departments, rooms and meetings of a company with these public ids are called now. */
export const nameSubjects = async (
  client: Client,
  orgId: number,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  const where = { orgId, publicId: { in: [...new Set(ids)] } }
  const select = { publicId: true, name: true } as const
  const [members, departments, rooms, meetings] = await Promise.all([
    client.orgMember.findMany({ where, select }),
    client.department.findMany({ where, select }),
    client.room.findMany({ where, select }),
    client.meeting.findMany({
      where: { ...where, state: { not: DRAFT } },
      select: { publicId: true, title: true },
    }),
  ])
  return new Map([
    ...[...members, ...departments, ...rooms].map(
      ({ publicId, name }) => [publicId, name] as const,
    ),
    ...meetings.map(({ publicId, title }) => [publicId, title] as const),
  ])
}
