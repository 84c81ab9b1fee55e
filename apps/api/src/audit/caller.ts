/** Where a request came from, as sessions and login events remember it. */
export type Caller = {
  /** The mini-program that it names, or is about. */
  appId: string
  ip: string
  userAgent: string
  requestId: string
}

/** What an operator does to a user by the command line. */
export const commandLine = ({ appId }: Pick<Caller, 'appId'>): Caller => ({
  appId,
  ip: '',
  userAgent: 'command line',
  requestId: 'command-line',
})
