type Success<T> = (result: T) => void
type Fail = (failure: { errMsg: string }) => void

export type RequestOptions = {
  url: string
  data: object
  method: string
  timeout: number
  header: Record<string, string>
  success: Success<{ data: unknown; statusCode: number }>
  fail: Fail
}

/**
 * The part of `wx` that the articles' client uses: callbacks, storage that returns '' for a missing key,
 * and a request that calls `success` whatever the HTTP status.
 */
export const createWx = (loginCode: () => Promise<string>) => {
  const storage = new Map<string, unknown>()

  return {
    getStorageSync: (key: string): unknown => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    login({ success, fail }: { success: Success<{ code: string }>; fail: Fail }) {
      loginCode().then(
        (code) => success({ code }),
        () => fail({ errMsg: 'login:fail' }),
      )
    },
    request({ url, data, method, timeout, header, success, fail }: RequestOptions) {
      fetch(url, {
        method,
        headers: header,
        signal: AbortSignal.timeout(timeout),
        ...(method === 'GET' ? {} : { body: JSON.stringify(data) }),
      })
        .then(async (response) =>
          success({ data: await response.json(), statusCode: response.status }),
        )
        .catch((error: unknown) => fail({ errMsg: `request:fail ${String(error)}` }))
    },
  }
}

export type Wx = ReturnType<typeof createWx>
