import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProfileResult, UpdateProfileRequest } from '@oa/contracts'
import type { Create, Sharp } from 'sharp'
import sharp from 'sharp'
import type { Answer, Client } from './client.ts'
import type { TestApi } from './start-test-api.ts'

/** A picture of one colour. */
export const plainPicture = (options: Partial<Create> = {}): Sharp =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#3366cc', ...options } })

export const aJpeg = () => plainPicture().jpeg().toBuffer()

export const formOf = (...files: Buffer[]): FormData => {
  const form = new FormData()
  for (const file of files) form.append('file', new Blob([new Uint8Array(file)]), 'picture.jpg')
  return form
}

/** What the mini-program does with its profile. */
export const profileTools = ({ url, call }: Pick<Client, 'url' | 'call'>) => ({
  read: (token: string) => call<ProfileResult>('/wx/user/profile', { token }),
  edit: (token: string, body: UpdateProfileRequest) =>
    call<ProfileResult>('/wx/user/profile', { method: 'PATCH', token, body }),
  async upload(token: string, file: Buffer): Promise<Answer<ProfileResult>> {
    return this.uploadForm(token, formOf(file))
  },
  async uploadForm(token: string, body: FormData): Promise<Answer<ProfileResult>> {
    const headers = { 'x-oa-token': token }
    const response = await fetch(`${url}/wx/user/avatar`, { method: 'POST', headers, body })
    const text = await response.text()
    const envelope = JSON.parse(text) as { errno: number; errmsg: string; data: ProfileResult }
    return { status: response.status, headers: response.headers, text, ...envelope }
  },
  async picture(path: string) {
    const response = await fetch(url + path)
    return { response, content: Buffer.from(await response.arrayBuffer()) }
  },
})

/** What a new session of that person gets for a picture. */
export const uploadAs = async (
  api: Client & Pick<TestApi, 'signIn'>,
  person: string,
  file: Buffer,
) => {
  const { token } = await api.signIn(person)
  return { token, answer: await profileTools(api).upload(token, file) }
}

/** The files that are stored. */
export const filesIn = (folder: string): Promise<string[]> =>
  readdir(join(folder, 'pictures')).catch(() => [])
