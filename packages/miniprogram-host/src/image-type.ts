/** The type of an image by its first bytes, and its size where they tell it; null for other files. */
export interface ImageType {
  extension: 'png' | 'jpg' | 'gif' | 'webp'
  mime: string
  width: number
  height: number
}

export const imageType = (bytes: Uint8Array): ImageType | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]) && bytes.length >= 24) {
    return image('png', 'image/png', view.getUint32(16), view.getUint32(20))
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) {
    const { width, height } = jpegSize(view)
    return image('jpg', 'image/jpeg', width, height)
  }
  if (startsWith(bytes, [0x47, 0x49, 0x46, 0x38]) && bytes.length >= 10) {
    return image('gif', 'image/gif', view.getUint16(6, true), view.getUint16(8, true))
  }
  const isRiff = startsWith(bytes, [0x52, 0x49, 0x46, 0x46])
  return isRiff && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50])
    ? image('webp', 'image/webp', 0, 0)
    : null
}

const image = (
  extension: ImageType['extension'],
  mime: string,
  width: number,
  height: number,
): ImageType => ({ extension, mime, width, height })

const startsWith = (bytes: Uint8Array, start: number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

/** Reads the first frame header; the other segments before it are skipped by their length. */
const jpegSize = (view: DataView): { width: number; height: number } => {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return { width: 0, height: 0 }
}
