import { expect, it } from 'vitest'
import { describeInChromium, describeOnBackends } from './support/backends.ts'
import { onePage } from './support/project.ts'
import { openForTest } from './support/target.ts'

const WXML =
  '<canvas type="2d" id="new" style="width:40px;height:20px" /><canvas canvas-id="old" />'

describeOnBackends('a canvas', (backend) => {
  const open = (definition: string) => openForTest(onePage(definition, WXML), { backend })

  it('is found as a node that draws, and becomes a picture', async () => {
    const target = await open(`{
      run() {
        return new Promise((resolve, reject) => {
          wx.createSelectorQuery().select('#new').fields({ node: true, size: true }).exec(([found]) => {
            const canvas = found.node
            canvas.width = 80
            canvas.height = 40
            const context = canvas.getContext('2d')
            context.scale(2, 2)
            context.fillStyle = '#ff0000'
            context.fillRect(0, 0, 40, 20)
            context.roundRect(1, 1, 2, 2, 1)
            const { width } = context.measureText('文字')
            const gradient = context.createLinearGradient(0, 0, 1, 1)
            gradient.addColorStop(0, '#fff')
            wx.canvasToTempFilePath({
              canvas,
              success: ({ tempFilePath }) => resolve([width > 0, tempFilePath]),
              fail: reject,
            })
          })
        })
      },
    }`)
    const [measures, path] = (await (await target.page()).callMethod('run')) as [boolean, string]
    expect(measures).toBe(true)
    const info = await target.program.callWxMethod('getImageInfo', { src: path })
    const drawn = backend === 'chromium' ? { width: 80, height: 40 } : { width: 1, height: 1 }
    expect(info).toMatchObject({ type: 'png', ...drawn })
    expect(target.exceptions).toEqual([])
  })

  it('runs frames, and loads images for a node', async () => {
    const target = await open(`{
      run() {
        return new Promise((resolve) => {
          wx.createSelectorQuery().select('#new').node(({ node }) => {
            node.requestAnimationFrame(() => {
              const image = node.createImage()
              image.onload = image.onerror = () => resolve('loaded or not')
              image.src = '/none.png'
            })
          }).exec()
        })
      },
    }`)
    expect(await (await target.page()).callMethod('run')).toBe('loaded or not')
  })

  it('has the old context, which calls back when it has drawn', async () => {
    const target = await open(`{
      run() {
        return new Promise((resolve, reject) => {
          const context = wx.createCanvasContext('old', this)
          context.setFillStyle('#00ff00')
          context.setFontSize(20)
          context.fillRect(0, 0, 300, 150)
          context.drawImage('/none.png', 0, 0, 10, 10)
          context.fillText('文字', 10, 10)
          context.draw(false, () => {
            wx.canvasToTempFilePath({ canvasId: 'old', success: resolve, fail: reject }, this)
          })
        })
      },
    }`)
    expect(await (await target.page()).callMethod('run')).toMatchObject({
      tempFilePath: expect.stringMatching(/\.png$/),
    })
    expect(target.exceptions).toEqual([])
  })
})

describeInChromium('a canvas on the phone', () => {
  it('shows what the old context drew', async () => {
    const target = await openForTest(
      onePage(
        `{
          run() {
            return new Promise((resolve, reject) => {
              const context = wx.createCanvasContext('old')
              context.setFillStyle('#00ff00')
              context.fillRect(0, 0, 300, 150)
              context.draw(false, () => wx.canvasGetImageData({
                canvasId: 'old', x: 5, y: 5, width: 1, height: 1,
                success: ({ data }) => resolve([...data]), fail: reject,
              }))
            })
          },
        }`,
        WXML,
      ),
      { backend: 'chromium' },
    )
    expect(await (await target.page()).callMethod('run')).toEqual([0, 255, 0, 255])
  })
})
