import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium, describeOnBackends } from './support/backends.ts'
import { outcome } from './support/outcome.ts'
import type { Target } from './support/target.ts'
import { fixture, openTarget, until } from './support/target.ts'
import { usePreview } from './support/use-preview.ts'

const CAMERA_ONLY = "wx.scanCode({ onlyFromCamera: true, scanType: ['qrCode'], ...options })"

describeOnBackends('the scanner', (backend) => {
  let target: Target

  beforeAll(async () => {
    target = await openTarget(fixture('tabs'), { backend })
  })
  afterAll(() => target?.close())

  const dialogs = async () =>
    ((await target.host.send('Host.getUi')) as { dialogs: { kind: string; content: object }[] })
      .dialogs

  const opened = async (call: string) => {
    const result = outcome(target, call)
    await until(async () => (await dialogs()).length)
    return { result, answer: (value: unknown) => target.host.send('Host.answer', { value }) }
  }

  it('shows what it looks for, and gives what the camera saw', async () => {
    const { result, answer } = await opened(CAMERA_ONLY)
    expect(await dialogs()).toMatchObject([
      { kind: 'scan', content: { onlyFromCamera: true, scanType: ['qrCode'] } },
    ])
    await answer({ scan: '签到 OA1' })
    expect(await result).toEqual({
      kind: 'success',
      errMsg: 'scanCode:ok',
      result: '签到 OA1',
      scanType: 'QR_CODE',
      charSet: 'utf-8',
      path: '',
      rawData: Buffer.from('签到 OA1').toString('base64'),
    })
  })

  it.each([
    ['a picture, with onlyFromCamera', { scan: 'OA1', from: 'album' }, 'offers no album'],
    [
      'a kind of code that it does not look for',
      { scan: '69', type: 'barCode' },
      'looks for qrCode',
    ],
    ['nothing, from the camera', { scan: '' }, 'goes on until it sees a code'],
  ])('refuses %s, and goes on', async (_what, value, why) => {
    const { result, answer } = await opened(CAMERA_ONLY)
    await expect(answer(value)).rejects.toThrow(why)
    expect(await dialogs()).toHaveLength(1)
    await answer({ scan: 'OA1' })
    expect(await result).toMatchObject({ kind: 'success', result: 'OA1' })
  })

  it.each([
    [
      'a code of a mini-program',
      { scan: 'x', type: 'wxCode', path: 'pages/a/a?scene=1' },
      'WX_CODE',
    ],
    ['a picture', { scan: '69', type: 'barCode', from: 'album' }, 'CODE_128'],
  ])('takes %s by default', async (_what, value, scanType) => {
    const { result, answer } = await opened('wx.scanCode(options)')
    await answer(value)
    const { path = '' } = value as { path?: string }
    expect(await result).toMatchObject({ kind: 'success', scanType, path })
  })

  it.each([
    ['the user closes it', false, 'scanCode:fail cancel'],
    ['a picture has no code', { scan: '', from: 'album' }, 'scanCode:fail'],
  ])('fails as WeChat does when %s', async (_when, value, errMsg) => {
    const { result, answer } = await opened('wx.scanCode(options)')
    await answer(value)
    expect(await result).toEqual({ kind: 'fail', errMsg })
  })
})

describeInChromium('the scanner of the preview', () => {
  const { screen } = usePreview()
  const open = (options: string) =>
    screen().evaluate(
      `void __miniprogramHost.globals.wx.scanCode(${options}).then(({ result }) => { globalThis.scanned = result })`,
    )
  const dialog = () => screen().getByRole('dialog')

  it('takes a code that is typed, and no picture with onlyFromCamera', async () => {
    await open('{ onlyFromCamera: true }')
    await dialog().getByText('扫到了').waitFor()
    expect(await dialog().getByText('从相册选择').count()).toBe(0)
    await dialog().getByLabel('二维码的内容').fill('OA1.abc')
    await dialog().getByText('扫到了').click()
    await expect.poll(() => screen().evaluate('globalThis.scanned')).toBe('OA1.abc')
    await open('{}')
    await dialog().getByText('从相册选择').waitFor()
    await dialog().getByText('取消').click()
    expect(await dialog().count()).toBe(0)
  })
})
