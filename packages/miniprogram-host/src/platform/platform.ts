import type {
  PhoneFailure,
  PhoneNumberResult,
  PhoneOffer,
  SubscribeChoice,
  SubscribeFailure,
  SubscribeItem,
  SubscriptionSettings,
} from '../host-services.ts'

/**
 * WeChat's own services for the mini-program. Every function is optional. Without `login` the code
 * is DevTools' mock one; without `phoneNumber` the app's call fails and names the platform.
 */
export interface WeChatPlatform {
  /** The one-time code of wx.login. */
  login?(): Promise<{ code: string }>
  /** Whether the session of the last login is still valid. */
  checkSession?(): Promise<boolean>
  /** The number that WeChat's sheet offers, or the failure when no sheet is shown. */
  phoneOffer?(): Promise<PhoneOffer | PhoneFailure>
  /**
   * The result of a getPhoneNumber button after the user allows it. `number` is set when the user
   * typed another number into the sheet.
   */
  phoneNumber?(number?: string): Promise<PhoneNumberResult | PhoneFailure>
  /** The templates of which WeChat's sheet asks the user, or why there is no sheet. */
  subscribeOffer?(templates: string[]): Promise<{ shown: SubscribeItem[] } | SubscribeFailure>
  /** The answer of wx.requestSubscribeMessage to what the user chose. */
  subscribe?(choice: SubscribeChoice): Promise<Record<string, string> | SubscribeFailure>
  /** What the user has chosen for good on the settings page. */
  subscriptions?(): Promise<SubscriptionSettings>
  changeSubscriptions?(settings: SubscriptionSettings): Promise<void>
  /** The user's WeChat avatar: the bytes of an image. */
  avatar?(): Promise<Uint8Array>
  /** WeChat's check of a chosen image; after false the page receives no event. */
  checkAvatar?(image: Uint8Array): Promise<boolean>
  /** The user's WeChat nickname, offered above the keyboard. */
  nickname?(): Promise<string>
  /** WeChat's check of a nickname; after false the field is cleared. */
  checkNickname?(nickname: string): Promise<boolean>
  /** Name of the current user, where the platform has several. */
  person?(): string
  /** Switches to another user. */
  usePerson?(name: string): void
  /** Names of all users. */
  people?(): Promise<string[]>
}
