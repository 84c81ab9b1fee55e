const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** What a file is by its first bytes, whatever its name and declared type say; null for all others. */
export const pictureType = (file: Buffer): 'jpeg' | 'png' | 'webp' | null => {
  if (file.subarray(0, JPEG.length).equals(JPEG)) return 'jpeg'
  if (file.subarray(0, PNG.length).equals(PNG)) return 'png'
  const isRiff = file.toString('latin1', 0, 4) === 'RIFF'
  return isRiff && file.toString('latin1', 8, 12) === 'WEBP' ? 'webp' : null
}
