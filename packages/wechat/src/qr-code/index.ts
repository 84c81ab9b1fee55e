export type { CodeImage, CodeStyle, QrCodes, UnlimitedCode } from './qr-code.ts'
export { createQrCodes } from './qr-code.ts'
