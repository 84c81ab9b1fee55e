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
    const file = {
      tempFilePath: path,
      size: sizeOf(runtime, path),
      fileType: 'image',
      width: 132,
      height: 132,
    }
    return { type: 'image', tempFiles: [file] }
  }),
  previewImage: api('previewImage', () => undefined),
  previewMedia: api('previewMedia', () => undefined),
  getImageInfo: api('getImageInfo', ({ src }) => ({
    path: src,
    width: 132,
    height: 132,
    type: 'png',
    orientation: 'up',
  })),
  compressImage: api('compressImage', ({ src }) => ({ tempFilePath: src })),
  cropImage: api('cropImage', ({ src }) => ({ tempFilePath: src })),
  saveImageToPhotosAlbum: api('saveImageToPhotosAlbum', () => undefined),
})

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
