import { record } from '../plain.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { encodeUtf8, toBase64 } from './file-store.ts'

/** What a scanner may look for, and how WeChat names what it found. */
const FOUND: Record<string, string> = {
  qrCode: 'QR_CODE',
  barCode: 'CODE_128',
  wxCode: 'WX_CODE',
  datamatrix: 'DATA_MATRIX',
  pdf417: 'PDF_417',
}
const DEFAULT_KINDS = ['barCode', 'qrCode', 'wxCode']

/** WeChat's scanner. There is no camera here: the answer to its dialog says what it saw. */
export const scanApi: Area = (runtime, api) => ({
  scanCode: api('scanCode', async ({ onlyFromCamera, scanType }) => {
    const looksFor = Array.isArray(scanType) ? scanType.map(String) : DEFAULT_KINDS
    return scan(runtime, { onlyFromCamera: onlyFromCamera === true, scanType: looksFor })
  }),
})

interface Scanner {
  onlyFromCamera: boolean
  scanType: string[]
}

const scan = async ({ ui }: WxRuntime, scanner: Scanner) => {
  const content = { title: '扫码', ...scanner }
  const answer = await ui.ask<unknown>('scan', content, (value) => refusal(value, scanner))
  if (record(answer).scan === undefined) throw failure('cancel')
  const { scan: result, type = 'qrCode', path = '' } = record(answer)
  // A picture without a code.
  if (result === '') throw failure('')
  return {
    result: String(result),
    scanType: FOUND[String(type)] ?? 'QR_CODE',
    charSet: 'utf-8',
    path: String(path),
    rawData: toBase64(encodeUtf8(String(result))),
  }
}

/** Why the scanner would not have given this answer, so that the dialog stays. */
const refusal = (value: unknown, { onlyFromCamera, scanType }: Scanner): string | undefined => {
  const { scan: result, from = 'camera', type = 'qrCode' } = record(value)
  if (result === undefined) return undefined
  if (from === 'album' && onlyFromCamera) return 'onlyFromCamera: the scanner offers no album'
  if (from !== 'album' && result === '') return 'the camera goes on until it sees a code'
  return scanType.includes(String(type))
    ? undefined
    : `the scanner looks for ${scanType.join(', ')}`
}
