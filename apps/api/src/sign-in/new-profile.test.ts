import { ERRNO } from '@oa/contracts'
import { expect, it } from 'vitest'
import { newProfile } from './new-profile.ts'

const AVATAR = 'https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132'

it('takes what the client claims of a new user', () => {
  expect(newProfile({ nickName: '小明', avatarUrl: AVATAR, gender: 2 })).toMatchObject({
    nickName: '小明',
    avatarUrl: AVATAR,
    gender: 2,
  })
})

it.each([undefined, {}, { nickName: '' }])('gives a name to who says none: %j', (claim) => {
  expect(newProfile(claim)).toMatchObject({
    nickName: expect.stringMatching(/^普通用户[1-9]\d{4}$/),
    avatarUrl: '',
    gender: 0,
  })
})

it.each([
  { nickName: '微信用户', avatarUrl: AVATAR, gender: 1 as const },
  { nickName: '张三', avatarUrl: AVATAR, is_demote: true },
])('ignores the placeholder that WeChat puts in place of people: %j', (claim) => {
  expect(newProfile(claim)).toMatchObject({
    nickName: expect.stringMatching(/^普通用户/),
    avatarUrl: '',
    gender: 0,
  })
})

it.each([
  'http://thirdwx.qlogo.cn/a',
  'https://qlogo.cn.evil.example/a',
  'https://evilqlogo.cn/a',
  'https://user@wx.qlogo.cn/a',
  'https://wx.qlogo.cn:8443/a',
  'https://169.254.169.254/latest/meta-data',
  'https://127.0.0.1/a',
  'file:///etc/passwd',
  'wxfile://tmp_0.png',
  'javascript:alert(1)',
  'data:image/png;base64,AAAA',
  '//wx.qlogo.cn/a',
  'avatar.png',
])("refuses an avatar that is not one of WeChat's: %s", (avatarUrl) => {
  expect(() => newProfile({ avatarUrl })).toThrow(
    expect.objectContaining({
      errno: ERRNO.BAD_VALUE,
      message: '参数错误：userInfo.avatarUrl 不是微信头像地址',
    }),
  )
})

it.each(['\t', '\n', '\r', '\0', '\x1f', '\x7f', '\u0085', '\u202e', '\u2066', '\u200b', ' '])(
  'refuses an avatar with %j in it, which URL parsers drop but a stored text keeps',
  (character) => {
    const avatarUrl = `https://thirdwx.qlogo.cn/mmopen/${character}132`
    expect(() => newProfile({ avatarUrl })).toThrow(
      expect.objectContaining({ errno: ERRNO.BAD_VALUE }),
    )
  },
)
