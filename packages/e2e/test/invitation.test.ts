import { describe, expect, it } from 'vitest'
import { CENTRE, HOME, LOGIN_BUTTON } from './support/pages.ts'
import { useWorld } from './support/world.ts'

declare const getCurrentPages: () => {
  onShareAppMessage(): { path: string; promise?: Promise<{ path: string }> }
}[]

describe('an invitation', () => {
  const world = useWorld()
  /** The path of the card that WeChat would share from the page that is open. */
  const cardHere = async () =>
    (await world.phone.program().evaluate(async () => {
      const card = getCurrentPages().slice(-1)[0]?.onShareAppMessage()
      return ((await card?.promise) ?? card)?.path
    })) as string
  const openCard = async (path: string) => {
    await world.phone.program().callWxMethod('reLaunch', { url: path })
    await world.phone.isOn(HOME)
  }
  const wasInvited = async (token: string) => (await world.api.ownData(token)).data.account.invited

  it('goes out with a card of a signed-in user, from home and centre', async () => {
    const { phone, api, person } = world
    const token = await world.signIn()
    const fromHome = await cardHere()
    await phone.open(CENTRE)
    const fromCentre = await cardHere()

    for (const [index, path] of [fromHome, fromCentre].entries()) {
      const [page, query = ''] = path.split('?')
      expect(page).toBe(`/${HOME}`)
      const shareId = new URLSearchParams(query).get('shareId') ?? ''
      const guest = await api.signInElsewhere(`guest-${index}-of-${person}`, { shareId })
      expect(await wasInvited(guest)).toBe(true)
    }
    expect(await wasInvited(token)).toBe(false)
  })

  it('is remembered for the user who opens the card and signs in later', async () => {
    const { phone, api, person } = world
    const sharer = await api.signInElsewhere(`sharer-of-${person}`)
    const { shareId } = (await api.share(sharer)).data
    await openCard(`/${HOME}?shareId=${encodeURIComponent(shareId)}`)
    await world.openLogin()
    await phone.tap(LOGIN_BUTTON)
    await phone.isOn(HOME)

    expect(await wasInvited(String(await phone.stored('token')))).toBe(true)
    expect(await phone.stored('shareId')).toBe('')
  })

  it('that nobody made keeps nobody from signing in', async () => {
    const { phone } = world
    await openCard(`/${HOME}?shareId=k1.forged`)
    const token = await world.signIn()

    expect(await wasInvited(token)).toBe(false)
    await phone.sees('.greeting', '普通用户')
  })
})
