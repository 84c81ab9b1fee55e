import type { AddRoomRequest, Room } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { HALF_HOURS, lengthText, timeOfDay, withPresent } from '../choices'

const { manage: texts } = messages
const DAY_MIN = 1440
const LENGTHS: readonly number[] = [30, 60, 90, 120, 180, 240, 480, DAY_MIN]
export const MOST_PEOPLE = 9999

export type Shown = Omit<Room, 'id' | 'version'>

/** As the server fills in what is left out. */
export const NEW_ROOM: Shown = {
  name: '',
  place: '',
  capacity: 10,
  equipment: '',
  needsApproval: false,
  opensMin: 0,
  closesMin: DAY_MIN,
  maxMin: DAY_MIN,
  disabled: false,
}

const offered = ({ opensMin, closesMin, maxMin }: Shown) => ({
  opens: withPresent(HALF_HOURS.slice(0, -1), opensMin),
  closes: withPresent(HALF_HOURS.slice(1), closesMin),
  longest: withPresent(LENGTHS, maxMin),
})

type Pickers = {
  opensNames: string[]
  closesNames: string[]
  longestNames: string[]
  opens: number
  closes: number
  longest: number
}

/** Before there is a room. */
export const NO_PICKERS: Readonly<Pickers> = {
  opensNames: [],
  closesNames: [],
  longestNames: [],
  opens: 0,
  closes: 0,
  longest: 0,
}

/** What the pickers offer for a room, and what of it the room has. */
export const pickersOf = (room: Shown): Pickers => {
  const { opens, closes, longest } = offered(room)

  return {
    opensNames: opens.map(timeOfDay),
    closesNames: closes.map(timeOfDay),
    longestNames: longest.map(lengthText),
    opens: opens.indexOf(room.opensMin),
    closes: closes.indexOf(room.closesMin),
    longest: longest.indexOf(room.maxMin),
  }
}

type Fields = Required<Omit<AddRoomRequest, 'orgId' | 'needsApproval'>>

/** The form as the server takes it, or what is wrong with it. */
export const fieldsOf = (
  room: Shown,
  typed: Record<string, unknown>,
  at: { opens: number; closes: number; longest: number },
): Fields | string => {
  const text = (name: string) => String(typed[name] ?? '').trim()
  const name = text('name')
  const capacity = Number(text('capacity'))
  const { opens, closes, longest } = offered(room)
  const opensMin = opens[at.opens] ?? room.opensMin
  const closesMin = closes[at.closes] ?? room.closesMin
  if (name === '') return texts.roomNameEmpty
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST_PEOPLE) {
    return texts.capacityWrong
  }
  if (opensMin >= closesMin) return texts.hoursWrong

  return {
    name,
    place: text('place'),
    capacity,
    equipment: text('equipment'),
    opensMin,
    closesMin,
    maxMin: longest[at.longest] ?? room.maxMin,
  }
}
