import type { MeetingCounts } from '@oa/contracts'
import { messages } from '../../i18n/index'
import { countText, openInbox, openMeetings } from '../../meetings/moves'
import { openVotes } from '../../votes/moves'

const { meetingCounts: texts } = messages

type Name = 'hosting' | 'attending' | 'approving' | 'voting' | 'unread'

const titles = (): [Name, string][] => [
  ['hosting', texts.hosting],
  ['attending', texts.attending],
  ['approving', texts.approving],
  ['voting', texts.voting],
  ['unread', texts.unread],
]

/** How many meetings, votes and messages wait for the user; each count leads to its list. */
Component({
  properties: { counts: Object },
  data: { cells: [] as { name: Name; title: string; count: string; label: string }[] },

  observers: {
    counts(counts: MeetingCounts | null) {
      this.show(counts)
    },
  },

  pageLifetimes: {
    /** The language may have been changed meanwhile. */
    show() {
      this.show((this.data as unknown as { counts: MeetingCounts | null }).counts)
    },
  },

  methods: {
    show(counts: MeetingCounts | null) {
      if (!counts) return
      const cells = titles().map(([name, title]) => {
        const count = countText(counts[name])
        return { name, title, count, label: `${title} ${count}` }
      })
      this.setData({ cells })
    },

    onCell(event: WechatMiniprogram.TouchEvent) {
      // meeting-counts.wxml sets it.
      const { name } = event.currentTarget.dataset as { name: Name }
      if (name === 'unread') openInbox()
      else if (name === 'voting') openVotes('open')
      else openMeetings(name === 'attending' ? 'upcoming' : name)
    },
  },
})
