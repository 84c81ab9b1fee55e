import { randomUUID } from 'node:crypto'
import type { foundCompany } from './meeting-company.ts'

type Company = Pick<Awaited<ReturnType<typeof foundCompany>>, 'ask' | 'post'>

/** A vote as its page gets it; what the tests look at. */
export interface VoteThere {
  title: string
  state: string
  electors: number
  cast: number | null
  iVoted: boolean
  outcome: string | null
  version: number
  may: string[]
  details: {
    struck: number
    myChoice: string[] | null
    options: { id: string; text: string; tally: number | null }[]
  }
}

const MOTION = { title: '是否通过年度预算', kind: 'motion', secrecy: 'named' }

/** Votes, as people call them and cast ballots on other phones. */
export const votesOf = ({ ask, post }: Company) => {
  const read = (token: string, id: string) => ask<VoteThere>(token, 'GET', `/wx/vote/${id}`)
  const act = async (token: string, id: string, action: string, body: object = {}) => {
    const { version } = await read(token, id)
    return post(token, `/wx/vote/${id}/${action}`, { version, ...body })
  }
  const draft = async (token: string, changes: object = {}): Promise<string> => {
    const body = { requestId: randomUUID(), ...MOTION, ...changes }
    return (await post<{ id: string }>(token, '/wx/vote', body)).id
  }

  return {
    read,
    act,
    draft,
    /** A vote that is open; resolves to its id. */
    async open(token: string, changes: object = {}): Promise<string> {
      const id = await draft(token, changes)
      await act(token, id, 'open')
      return id
    },
    /** Casts for the option that has this text. */
    async cast(token: string, id: string, text: string) {
      const { options } = (await read(token, id)).details
      const optionIds = options.filter((option) => option.text === text).map((one) => one.id)
      return post(token, `/wx/vote/${id}/cast`, { optionIds })
    },
    /** How many chose each option, by its text. */
    async tallies(token: string, id: string): Promise<Record<string, number | null>> {
      const { options } = (await read(token, id)).details
      return Object.fromEntries(options.map(({ text, tally }) => [text, tally]))
    },
  }
}
