import type { VotesParams } from '@oa/contracts'

export type VoteTab = NonNullable<VotesParams['tab']>

let wanted: VoteTab | undefined

/** Opens the tab page of votes; WeChat gives such a page no query, so that it asks below. */
export const openVotes = (tab: VoteTab): void => {
  wanted = tab
  wx.switchTab({ url: '/pages/vote/list/list' })
}

/** The list that was asked for since the last call. */
export const takeWantedVotes = (): VoteTab | undefined => {
  const tab = wanted
  wanted = undefined

  return tab
}

export const openVote = (id: string): void => {
  wx.navigateTo({ url: `/pages/vote/detail/detail?id=${encodeURIComponent(id)}` })
}

/** A vote of its own, or one of that meeting. */
export const callVote = (meeting?: { id: string; orgId: string }): void => {
  const query = meeting
    ? `?meetingId=${encodeURIComponent(meeting.id)}&orgId=${encodeURIComponent(meeting.orgId)}`
    : ''
  wx.navigateTo({ url: `/packages/meeting/vote/vote${query}` })
}
