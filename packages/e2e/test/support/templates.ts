const KINDS = {
  new_device: {
    id: 'template-new-device',
    title: '新设备登录提醒',
    fields: { device: 'thing1', time: 'time2', ip: 'character_string3' },
  },
  invited: {
    id: 'template-invited',
    title: '会议邀请通知',
    fields: { title: 'thing1', time: 'time2', place: 'thing3' },
  },
  starting: {
    id: 'template-starting',
    title: '会议开始提醒',
    fields: { title: 'thing1', time: 'time2', place: 'thing3' },
  },
} as const

export const NEW_DEVICE_TEMPLATE = KINDS.new_device.id
export const STARTING_TEMPLATE = KINDS.starting.id

/** The templates as WeChat knows them. */
export const TEMPLATES = Object.values(KINDS).map(({ id: templateId, title, fields }) => ({
  templateId,
  title,
  fields: Object.values(fields),
}))

/** The same for the API: `WX_TEMPLATES`. */
export const templatesVariable = (): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(KINDS).map(([kind, { id, fields }]) => [kind, { id, fields }]),
    ),
  )
