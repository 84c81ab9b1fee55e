/** A control call that cannot be done; its message says why. */
export class ControlError extends Error {
  readonly statusCode: number
  /** WeChat's errcode, when it is WeChat that refuses. */
  readonly errcode: number | undefined

  constructor(statusCode: number, message: string, errcode?: number) {
    super(message)
    this.name = 'ControlError'
    this.statusCode = statusCode
    this.errcode = errcode
  }
}
