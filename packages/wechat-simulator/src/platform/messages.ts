/** A message as the person got it. */
export interface Message {
  at: number
  appid: string
  person: string
  kind: 'subscribe' | 'custom'
  /** What the app sent, as it was sent. */
  content: Readonly<Record<string, unknown>>
}

export interface Messages {
  add: (message: Message) => void
  /** The last messages, oldest first. */
  list: () => Message[]
}

const REMEMBERED = 500

export const createMessages = (): Messages => {
  const messages: Message[] = []

  return {
    add: (message) => {
      messages.push(message)
      if (messages.length > REMEMBERED) messages.shift()
    },
    list: () => [...messages],
  }
}
