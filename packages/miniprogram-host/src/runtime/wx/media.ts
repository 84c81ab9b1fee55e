import { imageType } from '../../image-type.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'

/** Choosing, previewing and saving images. */
export const mediaApi: Area = (runtime, api) => ({
  chooseImage: api('chooseImage', async () => {
    const path = await choosePicture(runtime, 'chooseImage')
    return { tempFilePaths: [path], tempFiles: [{ path, size: sizeOf(runtime, path) }] }
  }),
  chooseMedia: api('chooseMedia', async () => {
    const path = await choosePicture(runtime, 'chooseMedia')
    const image = imageType(runtime.files.files.get(path) ?? new Uint8Array())
    const file = {
      tempFilePath: path,
      size: sizeOf(runtime, path),
      fileType: 'image',
      width: image?.width ?? 0,
      height: image?.height ?? 0,
    }
    return { type: 'image', tempFiles: [file] }
  }),
  previewImage: api('previewImage', () => undefined),
  previewMedia: api('previewMedia', () => undefined),
  getImageInfo: api('getImageInfo', ({ src }) => imageInfo(runtime, String(src ?? ''))),
  compressImage: api('compressImage', ({ src }) => ({ tempFilePath: src })),
  cropImage: api('cropImage', ({ src }) => ({ tempFilePath: src })),
  saveImageToPhotosAlbum: api('saveImageToPhotosAlbum', () => undefined),
})

/** Type and size of an image of the app, or behind a URL. */
const imageInfo = async ({ files, environment }: WxRuntime, src: string) => {
  let path = src
  if (!files.files.has(src) && /^https?:\/\//.test(src)) {
    const answer = await environment.call('net.request', {
      id: 0,
      url: src,
      method: 'GET',
      header: {},
      body: null,
      timeout: 60_000,
      responseType: 'arraybuffer',
    })
    if ('failure' in answer) throw failure(`download image fail. reason: ${answer.failure}`)
    path = files.addTemporary(answer.data, 'bin')
  }
  const bytes = await files.load(path)
  const image = bytes && imageType(bytes)
  if (!image) throw failure(bytes ? 'unsupported image type' : 'file not found')
  const { width, height, extension } = image
  const type = extension === 'jpg' ? 'jpeg' : extension
  return { path, width, height, type, orientation: 'up' }
}

const choosePicture = async (
  { privacy, ui, environment, files }: WxRuntime,
  api: string,
): Promise<string> => {
  const refused = await privacy.refusal(api)
  if (refused) throw failure(refused.errMsg.replace(`${api}:fail `, ''), refused.errno)
  const chosen = await ui.ask<boolean | { base64: string }>('avatar', { title: '选择图片' })
  if (!chosen) throw failure('cancel')
  const content = chosen === true ? await environment.call('platform.avatar', null) : chosen.base64
  return files.addTemporary(content, 'jpg')
}

const sizeOf = ({ files }: WxRuntime, path: string): number => files.files.get(path)?.length ?? 0
