/** A control call that cannot be done; its message says why. */
export class ControlError extends Error {
  readonly statusCode: number

  constructor(statusCode: number, message: string) {
    super(message)
    this.name = 'ControlError'
    this.statusCode = statusCode
  }
}
