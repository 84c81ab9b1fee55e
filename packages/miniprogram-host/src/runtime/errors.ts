import type { HostBindings } from './host-bindings.ts'

/** Reports the app's exceptions to the protocol and to the app (App.onError, wx.onError). */
export interface ErrorReporter {
  /** `unit` is the page or component whose script was being loaded. */
  report(error: unknown, unit?: string): void
  /** Reports an unhandled rejection. */
  reportRejection(reason: unknown): void
}

interface Handlers {
  onError(message: string, error: unknown): void
  onUnhandledRejection(reason: unknown): void
}

export const createErrorReporter = (
  environment: Pick<HostBindings, 'emit'>,
  handlers: Handlers,
): ErrorReporter => {
  const emit = (error: unknown, unit?: string): string => {
    const { name, message, stack } = describeError(error)
    environment.emit('App.exceptionThrown', { name, message, stack, unit })
    return stack || message
  }
  return {
    report: (error, unit) => handlers.onError(emit(error, unit), error),
    reportRejection(reason) {
      emit(reason)
      handlers.onUnhandledRejection(reason)
    },
  }
}

/** Name, message and stack of a thrown value; WeChat's failures have an `errMsg`. */
const describeError = (error: unknown): { name: string; message: string; stack: string } => {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >
  const message =
    thrown.message ?? thrown.errMsg ?? (typeof error === 'object' ? toJson(error) : error)
  return {
    name: String(thrown.name ?? 'Error'),
    message: String(message),
    stack: String(thrown.stack ?? ''),
  }
}

const toJson = (value: unknown): string => {
  try {
    return JSON.stringify(value)
  } catch {
    return String(value)
  }
}
