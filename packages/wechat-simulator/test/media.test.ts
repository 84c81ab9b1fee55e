import { expect, it } from 'vitest'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const OTHER_APP = { appid: 'wx2222222222222222', secret: 'b'.repeat(32) }
const UPLOAD = '/cgi-bin/media/upload'
const GET = '/cgi-bin/media/get'

const startApi = async (settings = {}) => {
  const simulator = await start({ apps: [APP, OTHER_APP], settings })
  const api = await createApi(simulator)

  return {
    ...simulator,
    ...api,
    upload: async (bytes: Uint8Array<ArrayBuffer>, { type = 'image', field = 'media' } = {}) => {
      const body = new FormData()
      body.set(field, new File([bytes], 'a.png', { type: 'image/png' }))
      const response = await api.raw(UPLOAD, { method: 'POST', body }, { type })

      return (await response.json()) as Record<string, unknown>
    },
  }
}

it('returns a picture as it was uploaded', async () => {
  const { upload, raw } = await startApi()
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index)
  const { media_id, ...rest } = await upload(bytes)
  const response = await raw(GET, {}, { media_id: String(media_id) })

  expect(rest).toEqual({ type: 'image', created_at: expect.any(Number) })
  expect(response.headers.get('content-type')).toBe('image/png')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+.png"$/)
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
})

it('keeps it for three days, and for the app that uploaded it', async () => {
  const { upload, get, control, url } = await startApi({ tokenTtlMs: 10 * 86_400_000 })
  const media_id = String((await upload(new Uint8Array(3))).media_id)
  const other = await createApi({ url }, OTHER_APP)
  expect(await other.get(GET, { media_id })).toMatchObject({ errcode: 40007 })
  await control.advanceClock(3 * 86_400_000)

  expect(await get(GET, { media_id })).toMatchObject({ errcode: 40007 })
})

it('refuses what is not a picture, is too large or is not there', async () => {
  const { upload, post } = await startApi()

  expect(await upload(new Uint8Array(3), { type: 'voice' })).toMatchObject({ errcode: 40004 })
  expect(await upload(new Uint8Array(3), { field: 'file' })).toMatchObject({ errcode: 41005 })
  expect(await upload(new Uint8Array(2 * 1024 * 1024 + 1))).toMatchObject({ errcode: 40009 })
  expect(await post(UPLOAD, {}, { type: 'image' })).toMatchObject({ errcode: 41005 })
})
