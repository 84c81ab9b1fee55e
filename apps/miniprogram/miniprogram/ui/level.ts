import { messages } from '../i18n/index'

/** What a level of the API is called; a level that this version does not know is shown by its number. */
export const levelName = (level: number): string => {
  const { ordinary, vip, agent } = messages.ucenter

  return [ordinary, vip, agent][level] ?? String(level)
}
