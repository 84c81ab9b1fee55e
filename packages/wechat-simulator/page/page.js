import {
  createButton,
  createCodeRow,
  element,
  fill,
  find,
  item,
  setOptions,
  tag,
} from './elements.js'
import { createRows } from './rows.js'

const { words: WORDS, faults: FAULTS } = JSON.parse(document.getElementById('data').textContent)
const language = navigator.language.startsWith('zh') ? 'zh' : 'en'
const words = WORDS[language]
const rows = createRows(words)
/** The last code of each person, by appid and name. */
const codes = new Map()
let appid = ''

const control = async (path, method = 'GET', body = undefined) => {
  const response = await fetch(`/_control${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)

  return answer
}

const attempt = async (work) => {
  try {
    find('error').hidden = true
    await work()
  } catch (error) {
    find('error').textContent = error.message
    find('error').hidden = false
  }
}

const button = createButton(attempt)
const toCodeRow = createCodeRow(button, words)

const toPerson = (person) => {
  const key = `${appid} ${person.name}`
  const identity = person.apps[appid]
  const own = { appid, person: person.name }
  const keep = (answer) => {
    if (answer.code === undefined) throw new Error(answer.errMsg)
    codes.set(key, answer.code)
  }
  const actions = [
    button(words.loginCode, async () => keep(await control('/login', 'POST', own))),
    button(words.phoneCode, async () => keep(await control('/phone-code', 'POST', own))),
    button(person.highRisk ? words.makeSafe : words.makeRisky, () =>
      control('/people', 'POST', { name: person.name, highRisk: !person.highRisk }),
    ),
  ]
  if (identity?.sessionKeySince) {
    actions.push(button(words.endSession, () => control('/end-session', 'POST', own)))
  }
  const row = item(
    person.name,
    [identity?.openid, identity?.unionid && `unionid ${identity.unionid}`, person.phone],
    ...(identity?.sessionKeySince ? [tag(words.session)] : []),
    ...(person.highRisk ? [tag(words.risky, false)] : []),
    element('div', { className: 'actions' }, ...actions),
  )
  if (codes.has(key)) row.append(toCodeRow(codes.get(key)))

  return row
}

const refresh = async () => {
  const state = await control('/state')
  setOptions(
    find('app'),
    state.apps.map((app) => app.appid),
  )
  setOptions(find('fault').elements.path, state.paths)
  appid = find('app').value
  find('now').textContent = new Date(state.now).toLocaleString(navigator.language)
  const hidden = state.peopleCount - state.people.length
  find('people-count').textContent = hidden > 0 ? `${words.newestOf} ${state.peopleCount}` : ''
  fill('people', state.people.reverse().map(toPerson), words.noPeople)
  fill('faults', state.faults.map(rows.fault), words.noFaults)
  fill('consents', state.consents.reverse().map(rows.consent), words.noConsents)
  fill('messages', state.messages.reverse().map(rows.message), words.noMessages)
  fill('tokens', state.tokens.map(rows.token), words.noTokens)
  fill('pushes', state.pushes.reverse().map(rows.push), words.noPushes)
  const used = [...state.phoneQuotas.map(rows.phoneQuota), ...state.quotas.map(rows.quota)]
  fill('quotas', used, words.noQuotas)
  find('calls').replaceChildren(...state.calls.reverse().map(rows.call))
  find('calls-count').textContent = state.calls.length ? '' : words.noCalls
}

/** One refresh at a time, and one more when something changed meanwhile. */
const createRefresher = () => {
  let running = false
  let again = false
  const run = async () => {
    if (running) {
      again = true
      return
    }
    running = true
    await attempt(refresh)
    running = false
    if (again) {
      again = false
      setTimeout(() => void run(), 100)
    }
  }

  return () => void run()
}

const translate = () => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = words.title
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = words[node.dataset.t]
  for (const node of document.querySelectorAll('[data-label]')) {
    node.ariaLabel = words[node.dataset.label]
    node.title = words[node.dataset.label]
  }
  for (const node of document.querySelectorAll('[data-placeholder]')) {
    node.placeholder = words[node.dataset.placeholder]
    node.ariaLabel = words[node.dataset.placeholder]
  }
}

const listen = (update) => {
  find('app').onchange = update
  find('create').onsubmit = (event) => {
    event.preventDefault()
    const form = event.target
    void attempt(async () => {
      await control('/people', 'POST', { name: form.elements.name.value })
      form.reset()
    })
  }
  find('fault').onsubmit = (event) => {
    event.preventDefault()
    const { path, kind, times } = event.target.elements
    const fault = { path: path.value, times: Number(times.value), ...FAULTS[kind.value] }
    void attempt(() => control('/faults', 'POST', fault))
  }
  find('clear-faults').onclick = () => void attempt(() => control('/faults', 'DELETE'))
  find('reset').onclick = () => {
    if (confirm(words.sureReset)) void attempt(() => control('/reset', 'POST', {}))
  }
  for (const node of document.querySelectorAll('[data-advance]')) {
    const ms = Number(node.dataset.advance)
    node.onclick = () => void attempt(() => control('/clock', 'POST', { ms }))
  }
}

/** A dot alone would show the state by colour only. */
const showLive = (isLive) => {
  find('live').classList.toggle('on', isLive)
  find('live-text').textContent = isLive ? words.live : words.lost
}

translate()
showLive(false)
setOptions(find('fault').elements.kind, Object.keys(FAULTS))
find('url').textContent = location.origin
const update = createRefresher()
listen(update)
const events = new EventSource('/_control/events')
events.onopen = () => showLive(true)
events.onerror = () => showLive(false)
events.onmessage = update
