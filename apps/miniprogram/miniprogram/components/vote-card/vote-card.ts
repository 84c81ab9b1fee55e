import type { VoteCardView } from '../../votes/card'
import { openVote } from '../../votes/moves'

/** A vote in a list; a tap opens it. */
Component({
  properties: { card: Object },

  methods: {
    onOpen() {
      openVote((this.data as unknown as { card: VoteCardView }).card.id)
    },
  },
})
