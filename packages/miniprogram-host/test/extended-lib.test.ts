import { expect, it } from 'vitest'
import { describeInChromium } from './support/backends.ts'
import { writeProject } from './support/project.ts'
import { openForTest } from './support/target.ts'

const project = (library: string): string =>
  writeProject({
    'app.json': JSON.stringify({ pages: ['pages/a/a'], useExtendedLib: { [library]: true } }),
    'pages/a/a.json': JSON.stringify({
      usingComponents: { 'mp-cell': 'weui-miniprogram/cell/cell' },
    }),
    'pages/a/a.wxml': '<mp-cell class="cell" value="一" footer="二" />',
  })

it('useExtendedLib adds the components of WeUI, without an npm build', async () => {
  const target = await openForTest(project('weui'))
  expect(target.host.warnings).toEqual([])
  expect(await (await target.find('.cell')).outerWxml()).toContain('二')
  expect(target.exceptions).toEqual([])
})

it('useExtendedLib names a library that the host lacks', async () => {
  const target = await openForTest(project('kbone'))
  expect(target.host.warnings).toContainEqual(
    expect.stringMatching(/^app\.json:1:\d+: the extended library kbone is not there; /),
  )
})

describeInChromium('WeUI on the phone', () => {
  it('has its styles without an import', async () => {
    const target = await openForTest(project('weui'), { backend: 'chromium' })
    const cell = await (await target.find('.cell')).$('.weui-cell')
    expect(await cell?.style('display')).toBe('flex')
  })
})
