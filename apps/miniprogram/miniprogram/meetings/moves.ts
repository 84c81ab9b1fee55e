import type { MeetingsParams } from '@oa/contracts'

export type MeetingTab = NonNullable<MeetingsParams['tab']>

let wanted: MeetingTab | undefined

/** Opens the tab page of meetings; WeChat gives such a page no query, so that it asks below. */
export const openMeetings = (tab: MeetingTab): void => {
  wanted = tab
  wx.switchTab({ url: '/pages/meeting/list/list' })
}

/** The list that was asked for since the last call. */
export const takeWantedTab = (): MeetingTab | undefined => {
  const tab = wanted
  wanted = undefined

  return tab
}

export const openMeeting = (id: string): void => {
  wx.navigateTo({ url: `/pages/meeting/detail/detail?id=${encodeURIComponent(id)}` })
}

export const openInbox = (): void => {
  wx.navigateTo({ url: '/pages/notice/list/list' })
}

export const callMeeting = (): void => {
  wx.navigateTo({ url: '/packages/meeting/edit/edit' })
}

/** The server counts no further. */
const MANY = 100

export const countText = (count: number): string => (count >= MANY ? `${MANY - 1}+` : String(count))
