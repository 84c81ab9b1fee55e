import { ERRNO } from '@oa/contracts'
import { COMPAT_OK } from '@oa/contracts/compat'
import { expect, it } from 'vitest'
import { toCompatFailure } from './compat-result.ts'

it('writes a failure with its errno as code, and with data, which those clients read at once', () => {
  const failure = { errno: ERRNO.WX_CODE_INVALID, errmsg: '登录凭证无效，请重新登录' }

  expect(toCompatFailure(failure)).toEqual({
    code: 701,
    message: '登录凭证无效，请重新登录',
    data: null,
  })
})

it('leaves a success alone', () => {
  const success = { code: COMPAT_OK, message: '成功', data: 'a token' }

  expect(toCompatFailure(success)).toBe(success)
})

it('no errno can be taken for a success', () => {
  expect(Object.values<number>(ERRNO)).not.toContain(COMPAT_OK)
})
