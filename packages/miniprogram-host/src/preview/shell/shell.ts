import { h } from '../../runtime/view/dom/elements.ts'
import type { FromShell, ToShell } from '../messages.ts'
import { createConsolePanel } from './console-panel.ts'
import { createStoragePanel } from './storage-panel.ts'
import { createToolbar } from './toolbar.ts'

const RETRY_MILLISECONDS = 1000

/** The page around the phone: settings above it, console and storage beside it. */
const start = (): void => {
  const send = (message: FromShell): void => socket?.send(JSON.stringify(message))
  const toolbar = createToolbar(send)
  const log = createConsolePanel()
  const storage = createStoragePanel(send)
  const screen = h('iframe', 'screen', { src: '/screen.html', title: '小程序' })
  const fault = h('pre', 'fault', { hidden: true })
  const tabs = panelTabs([
    ['控制台', log.element],
    ['存储', storage.element],
  ])
  document.body.append(
    toolbar.element,
    h('div', 'stage', {}, h('div', 'phone', {}, h('div', 'glass', {}, screen, fault))),
    tabs,
  )
  fitPhone()
  window.addEventListener('resize', fitPhone)

  let socket: WebSocket | null = null
  const connect = (): void => {
    socket = new WebSocket(`ws://${location.host}/shell`)
    socket.addEventListener('message', ({ data }) => receive(JSON.parse(String(data)) as ToShell))
    socket.addEventListener('close', () => {
      toolbar.setConnected(false)
      setTimeout(connect, RETRY_MILLISECONDS)
    })
    socket.addEventListener('open', () => toolbar.setConnected(true))
  }
  const receive = (message: ToShell): void => {
    if (message.type === 'log') log.add(message.entries)
    if (message.type === 'reload') screen.contentWindow?.location.reload()
    if (message.type !== 'state') return
    const { state } = message
    document.title = state.projectName === '' ? '小程序预览' : `${state.projectName} · 预览`
    document.documentElement.dataset.phone = state.settings.theme
    toolbar.show(state)
    storage.show(state.storage)
    fault.dataset.kind = state.compileError === null ? 'start' : 'compile'
    fault.textContent = state.compileError ?? state.startErrors.join('\n\n')
    fault.hidden = fault.textContent === ''
  }
  connect()
}

/** Scales the phone down to fit the height of the window. */
const fitPhone = (): void => {
  const stage = document.querySelector<HTMLElement>('.stage')
  const phone = document.querySelector<HTMLElement>('.phone')
  if (!stage || !phone) return
  const scale = Math.min(1, (stage.clientHeight - 24) / phone.offsetHeight)
  phone.style.transform = `scale(${scale})`
}

const panelTabs = (panels: [string, HTMLElement][]): HTMLElement => {
  const heads = panels.map(([name], index) =>
    h('button', '', { onclick: () => choose(index) }, name),
  )
  const choose = (chosen: number): void => {
    panels.forEach(([, panel], index) => {
      panel.hidden = index !== chosen
    })
    heads.forEach((head, index) => {
      head.setAttribute('aria-selected', String(index === chosen))
    })
  }
  for (const head of heads) head.setAttribute('role', 'tab')
  choose(0)
  const list = h('div', 'tabs', {}, ...heads)
  list.setAttribute('role', 'tablist')
  return h('aside', 'panels', {}, list, ...panels.map(([, panel]) => panel))
}

start()
