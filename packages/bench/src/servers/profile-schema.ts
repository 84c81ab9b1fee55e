/** The answer of `GET /wx/auth/info`, as a response schema. */
export const profileSchema = {
  response: {
    200: {
      type: 'object',
      properties: {
        errno: { type: 'integer' },
        errmsg: { type: 'string' },
        data: {
          type: 'object',
          properties: {
            nickName: { type: 'string' },
            avatarUrl: { type: 'string' },
            gender: { type: 'integer' },
          },
        },
      },
    },
  },
}

/** What a server answers that knows no users. */
export const userInfo = { nickName: '普通用户12345', avatarUrl: '', gender: 0 }
