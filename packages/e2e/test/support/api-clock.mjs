// Loaded into the process before the API, so that a test can move its clock forward.
const RealDate = Date
let ahead = 0

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + ahead] : given))
  }

  static now() {
    return RealDate.now() + ahead
  }
}

process.on('message', ({ milliseconds }) => {
  ahead += milliseconds
  process.send?.({ ahead })
})
// The channel must not keep the process alive.
process.channel?.unref()
