import { h } from '../../runtime/view/dom/elements.ts'
import type { FromShell, PhoneSettings, PreviewState } from '../messages.ts'

interface Toolbar {
  element: HTMLElement
  show(state: PreviewState): void
  setConnected(connected: boolean): void
}

/** WeChat's font sizes, as reported by wx.getAppBaseInfo().fontSizeSetting. */
const FONT_SIZES: [string, string][] = [
  ['14', '小'],
  ['16', '标准'],
  ['18', '大'],
  ['22', '超大'],
  ['28', '最大'],
]
const NETWORKS: [string, string][] = [
  ['wifi', 'Wi-Fi'],
  ['slow', '慢速 2G'],
  ['none', '断网'],
]

const LANGUAGES: [string, string][] = [
  ['zh_CN', '简体中文'],
  ['zh_TW', '繁體中文'],
  ['en', 'English'],
]

/** The current user and the phone's settings. */
export const createToolbar = (send: (message: FromShell) => void): Toolbar => {
  let settings: PhoneSettings = {
    theme: 'light',
    fontSizeSetting: 16,
    network: 'wifi',
    language: 'zh_CN',
  }
  const change = (changed: Partial<PhoneSettings>) =>
    send({ type: 'settings', settings: { ...settings, ...changed } })
  const name = h('b', 'project')
  const appId = h('code', 'appid')
  const status = h('i', 'status', { title: '已连接' })
  const person = h('select', '', { onchange: () => send({ type: 'person', person: person.value }) })
  const theme = h('button', 'theme', {
    onclick: () => change({ theme: settings.theme === 'dark' ? 'light' : 'dark' }),
  })
  const size = choices(FONT_SIZES, (value) => change({ fontSizeSetting: Number(value) }))
  const network = choices(NETWORKS, (value) =>
    change({ network: value as PhoneSettings['network'] }),
  )
  const language = choices(LANGUAGES, (value) =>
    change({ language: value as PhoneSettings['language'] }),
  )
  const page = h('code', 'page', { title: '当前页面' })
  const personField = field('用户', person)
  const restart = h('button', 'restart', { onclick: () => send({ type: 'restart' }) }, '重新启动')
  const element = h(
    'header',
    'toolbar',
    {},
    h('div', 'identity', {}, status, name, appId, page),
    personField,
    field('外观', theme),
    field('字号', size),
    field('网络', network),
    field('语言', language),
    restart,
  )
  return {
    element,
    show(state) {
      settings = state.settings
      name.textContent = state.projectName
      appId.textContent = state.appId
      theme.textContent = settings.theme === 'dark' ? '深色' : '浅色'
      theme.setAttribute('aria-pressed', String(settings.theme === 'dark'))
      size.value = String(settings.fontSizeSetting)
      network.value = settings.network
      language.value = settings.language
      page.textContent = state.page
      personField.hidden = state.person === null
      const names = [
        ...new Set([...(state.person === null ? [] : [state.person]), ...state.people]),
      ]
      person.replaceChildren(...names.map((option) => h('option', '', { value: option }, option)))
      person.value = state.person ?? ''
    },
    setConnected(connected) {
      status.classList.toggle('lost', !connected)
      status.title = connected ? '已连接' : '预览服务已停止'
    },
  }
}

const field = (label: string, control: HTMLElement): HTMLElement =>
  h('label', 'field', {}, h('span', '', {}, label), control)

const choices = (
  options: [string, string][],
  onChoose: (value: string) => void,
): HTMLSelectElement => {
  const select = h(
    'select',
    '',
    {},
    ...options.map(([value, label]) => h('option', '', { value }, label)),
  )
  select.addEventListener('change', () => onChoose(select.value))
  return select
}
