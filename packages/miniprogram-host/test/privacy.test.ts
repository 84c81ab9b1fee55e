import { describe, expect, it } from 'vitest'
import { writeProject } from './support/project.ts'
import { openForTest, until } from './support/target.ts'

const project = () =>
  writeProject({
    'app.json': JSON.stringify({ pages: ['pages/a/a'], __usePrivacyCheck__: true }),
    'pages/a/a.ts':
      'Page({ data: { avatar: "" }, onAvatar(event) { this.setData({ avatar: event.detail.avatarUrl }) } })',
    'pages/a/a.wxml':
      '<button class="avatar" open-type="chooseAvatar" bind:chooseavatar="onAvatar" />' +
      '<button id="agree" class="agree" open-type="agreePrivacyAuthorization" />',
  })

const ask = '() => wx.requirePrivacyAuthorize().then((ok) => ok, (error) => error)'

describe('consent to the privacy agreement', () => {
  it('is required until the user gives it', async () => {
    const target = await openForTest(project())
    const setting = () => target.run('() => wx.getPrivacySetting()')
    expect(await setting()).toMatchObject({ needAuthorization: true })
    const answer = target.run(ask)
    await until(async () =>
      target.program
        .native()
        .authorizeAllow()
        .then(
          () => true,
          () => false,
        ),
    )
    expect(await answer).toEqual({ errMsg: 'requirePrivacyAuthorize:ok' })
    expect(await setting()).toMatchObject({ needAuthorization: false })
  })

  it('is requested through the app’s listener, and proven by the tapped button', async () => {
    const target = await openForTest(project())
    await target.run(`() => wx.onNeedPrivacyAuthorization((resolve, info) => {
      getApp().asked = info
      getApp().resolve = resolve
    })`)
    const answer = target.run(ask)
    await until(() => target.run('() => getApp().asked'))
    expect(await target.run('() => getApp().asked')).toEqual({
      referrer: 'requirePrivacyAuthorize',
    })
    await (await target.find('.agree')).tap()
    await target.run("() => getApp().resolve({ event: 'agree', buttonId: 'agree' })")
    expect(await answer).toEqual({ errMsg: 'requirePrivacyAuthorize:ok' })
  })

  it('is not accepted from a button that was not tapped', async () => {
    const target = await openForTest(project())
    await target.run(
      "() => wx.onNeedPrivacyAuthorization((resolve) => resolve({ event: 'agree', buttonId: 'agree' }))",
    )
    void target.run(ask).catch(() => undefined)
    await until(() => target.exceptions.length)
    expect(target.exceptions[0]?.message).toBe('resolve: buttonId is not the tapped button')
  })

  it('fails at once for ten seconds after a refusal, with errno 104', async () => {
    const target = await openForTest(project())
    await target.run(`() => {
      getApp().asked = 0
      wx.onNeedPrivacyAuthorization((resolve) => { getApp().asked += 1; resolve({ event: 'disagree' }) })
    }`)
    const refused = {
      errMsg: 'requirePrivacyAuthorize:fail privacy permission is not authorized',
      errno: 104,
    }
    expect(await target.run(ask)).toEqual(refused)
    expect(await target.run(ask)).toEqual(refused)
    expect(await target.run('() => getApp().asked')).toBe(1)
  })

  it('fails with errno 112 for an API that the agreement does not declare', async () => {
    const target = await openForTest(project())
    await target.host.send('Host.setPrivacy', { undeclared: ['chooseImage'] })
    expect(await target.run('() => wx.chooseImage().catch((error) => error)')).toEqual({
      errMsg: 'chooseImage:fail api scope is not declared in the privacy agreement',
      errno: 112,
    })
  })

  it('is required before an avatar is chosen, which then is a temporary file', async () => {
    const target = await openForTest(project())
    await target.host.send('Host.setPrivacy', { agreed: true })
    await (await target.find('.avatar')).tap()
    await until(async () =>
      target.program
        .native()
        .authorizeAllow()
        .then(
          () => true,
          () => false,
        ),
    )
    const path = await until(async () => (await target.page()).data('avatar'))
    expect(path).toMatch(/^http:\/\/tmp\/\w+\.png$/)
    const size = await target.run('(path) => wx.getFileSystemManager().statSync(path).size', path)
    expect(size).toBeGreaterThan(100)
  })
})
