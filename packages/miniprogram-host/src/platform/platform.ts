import type { PhoneFailure, PhoneNumberResult, PhoneOffer } from '../host-services.ts'

/**
 * WeChat's own services, as the mini-program reaches them. Each function may be left out; the app
 * is then told clearly that the host has no WeChat.
 */
export interface WeChatPlatform {
  /** The one-time code of wx.login. */
  login?(): Promise<{ code: string }>
  /** Whether the session of the last login still lives. */
  checkSession?(): Promise<boolean>
  /** The number that WeChat's sheet offers; or why there is no sheet, as when the quota is spent. */
  phoneOffer?(): Promise<PhoneOffer | PhoneFailure>
  /**
   * What a button with open-type getPhoneNumber gives when the person allows it. `number` is given
   * when the person typed another one into the sheet.
   */
  phoneNumber?(number?: string): Promise<PhoneNumberResult | PhoneFailure>
  /** The person's avatar, as bytes of an image. */
  avatar?(): Promise<Uint8Array>
  /** WeChat's check of a chosen picture; false keeps it from the page, which hears of nothing. */
  checkAvatar?(image: Uint8Array): Promise<boolean>
  /** The person's WeChat nickname, offered above the keyboard. */
  nickname?(): Promise<string>
  /** WeChat's check of a nickname; false clears the field. */
  checkNickname?(nickname: string): Promise<boolean>
  /** Name of the person who holds the phone, where the platform knows several. */
  person?(): string
  /** Gives the phone to somebody else. */
  usePerson?(name: string): void
  /** Names of everybody who could hold the phone. */
  people?(): Promise<string[]>
}
