// Loaded into the API's process before the API: a test can move its clock forward.
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
// Waiting for a message must not keep the process from ending.
process.channel?.unref()
