import { api } from '../config/api'
import { messages } from '../i18n/index'
import { request } from '../net/request'
import { readSession } from './session'

type Card = { title: string; path: string }

const HOME = '/pages/index/index'

/**
 * The card that a page shares; that of a signed-in user says who shared it. WeChat waits three seconds
 * for `promise`, and shares the card without it after that.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object
 */
export const shareCard = (): Card & { promise?: Promise<Card> } => {
  const card = { title: messages.app.name, path: HOME }

  return readSession() ? { ...card, promise: signed(card) } : card
}

const signed = async (card: Card): Promise<Card> => {
  try {
    const { data } = await request(api.share, 'GET')
    return { ...card, path: `${HOME}?shareId=${encodeURIComponent(data.shareId)}` }
  } catch {
    return card
  }
}
