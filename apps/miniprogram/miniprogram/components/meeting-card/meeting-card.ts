import type { CardView } from '../../meetings/card'
import { openMeeting } from '../../meetings/moves'

/** A meeting in a list; a tap opens it. */
Component({
  properties: { card: Object },

  methods: {
    onOpen() {
      openMeeting((this.data as unknown as { card: CardView }).card.id)
    },
  },
})
