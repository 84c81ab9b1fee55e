import type { Messages } from './zh-CN'

export const licences: Messages['licences'] = {
  title: 'Open-source licences',
  lead: 'This mini-program contains the following open-source software. The full licence is below.',
}
