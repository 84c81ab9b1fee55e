import { failure } from './api.ts'
import type { Area } from './area.ts'
import { askForScope } from './scopes.ts'

/** Login, user profile and authorization. */
export const accountApi: Area = ({ environment, bundle, ui, system }, api) => ({
  login: api('login', () => environment.call('platform.login', null)),
  checkSession: api('checkSession', async () => {
    if (!(await environment.call('platform.checkSession', null))) {
      throw failure('session time out, need relogin')
    }
  }),
  getUserProfile: api('getUserProfile', async ({ desc }) => {
    if (typeof desc !== 'string' || desc === '') {
      throw failure('desc length does not meet the requirements')
    }
    const allowed = await ui.ask<boolean>('authorize', { title: '获取你的昵称、头像', desc })
    if (!allowed) throw failure('auth deny')
    return anonymousProfile()
  }),
  getUserInfo: api('getUserInfo', anonymousProfile),
  getAccountInfoSync: () => ({
    miniProgram: { appId: bundle.appId, envVersion: 'develop', version: '' },
    plugin: {},
  }),
  authorize: api('authorize', async ({ scope }) => {
    const name = String(scope)
    if (system.authSetting[name] === false) throw failure('auth deny')
    if (!(await askForScope({ system, ui, bundle }, name))) throw failure('auth deny')
  }),
})

/** The anonymous profile that WeChat returns since November 2022. */
const anonymousProfile = () => {
  const userInfo = {
    nickName: '微信用户',
    avatarUrl: '',
    gender: 0,
    language: 'zh_CN',
    country: '',
    province: '',
    city: '',
  }
  return { userInfo, rawData: JSON.stringify(userInfo), signature: '', encryptedData: '', iv: '' }
}
