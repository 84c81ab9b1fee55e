const { words: WORDS, faults: FAULTS } = JSON.parse(document.getElementById('data').textContent)
const language = navigator.language.startsWith('zh') ? 'zh' : 'en'
const words = WORDS[language]
const find = (id) => document.getElementById(id)
/** The last login code of each person, by appid and name. */
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

/** Text only ever becomes a text node, so nothing that people type is markup. */
const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties)
  node.append(...children)

  return node
}

const button = (label, work) =>
  element('button', { type: 'button', textContent: label, onclick: () => void attempt(work) })

const fill = (id, rows, empty) => {
  find(id).replaceChildren(...(rows.length ? rows : [element('li', { className: 'empty' }, empty)]))
}

const toPerson = (person) => {
  const key = `${appid} ${person.name}`
  const identity = person.apps[appid]
  const own = { appid, person: person.name }
  const row = element(
    'li',
    {},
    element(
      'div',
      { className: 'grow' },
      element('span', { className: 'name' }, person.name),
      element('br'),
      element('code', {}, identity?.openid ?? ''),
    ),
  )
  if (identity?.sessionKeySince) row.append(element('span', { className: 'tag' }, words.session))
  if (person.highRisk) row.append(element('span', { className: 'tag bad' }, words.risky))
  const actions = element(
    'div',
    { className: 'actions' },
    button(words.be, async () => {
      codes.set(key, (await control('/login', 'POST', own)).code)
      await refresh()
    }),
    button(person.highRisk ? words.makeSafe : words.makeRisky, () =>
      control('/people', 'POST', { name: person.name, highRisk: !person.highRisk }),
    ),
  )
  if (identity?.sessionKeySince) {
    actions.append(button(words.end, () => control('/end-session', 'POST', own)))
  }
  row.append(actions)
  if (codes.has(key)) row.append(toCode(codes.get(key)))

  return row
}

const toCode = (code) => {
  const copy = button(words.copy, async () => {
    await navigator.clipboard.writeText(code)
    copy.textContent = words.copied
  })

  return element('div', { className: 'code' }, element('code', {}, code), copy)
}

const toCall = (call) => {
  const ok = call.errcode === 0 && !call.fault
  const outcome = [call.errcode, call.fault].filter((part) => part !== undefined).join(' · ')

  return element(
    'tr',
    {},
    element('td', {}, new Date(call.at).toLocaleTimeString()),
    element(
      'td',
      {},
      `${call.method} ${call.path} `,
      ...(call.sealed ? [element('span', { className: 'tag' }, words.sealed)] : []),
      element('br'),
      element('code', {}, decodeURIComponent(new URLSearchParams(call.query).toString())),
    ),
    element('td', {}, call.person ?? ''),
    element('td', {}, element('span', { className: ok ? 'tag' : 'tag bad' }, outcome)),
  )
}

const toFault = ({ path, times, ...what }) =>
  element(
    'li',
    {},
    element('span', { className: 'grow' }, path),
    element('code', {}, JSON.stringify(what)),
    element('span', { className: 'tag bad' }, times ? `× ${times}` : words.always),
  )

const toToken = ({ appid: owner, family, validUntil }) =>
  element(
    'li',
    {},
    element('span', { className: 'grow' }, family, element('br'), element('code', {}, owner)),
    element('span', {}, `${words.until} ${new Date(validUntil).toLocaleString()}`),
  )

const toPush = ({ at, event, acknowledged, attempts }) =>
  element(
    'li',
    {},
    element(
      'span',
      { className: 'grow' },
      `${new Date(at).toLocaleTimeString()} ${event}`,
      element('br'),
      element('code', {}, attempts.map(({ status, error }) => status ?? error).join(', ')),
    ),
    element('span', {}, `${attempts.length} ${words.tries}`),
    element(
      'span',
      { className: acknowledged ? 'tag' : 'tag bad' },
      acknowledged ? words.acknowledged : words.given_up,
    ),
  )

const toQuota = ({ path, window, used, limit }) =>
  element(
    'li',
    {},
    element('span', { className: 'grow' }, `${path} / ${window}`),
    element('progress', { max: limit, value: used }),
    element('span', {}, `${used} / ${limit}`),
  )

const setOptions = (select, values) => {
  if ([...select.options].map(({ value }) => value).join() === values.join()) return
  const chosen = select.value
  select.replaceChildren(...values.map((value) => element('option', { value }, value)))
  if (values.includes(chosen)) select.value = chosen
}

const refresh = async () => {
  const state = await control('/state')
  setOptions(
    find('app'),
    state.apps.map((app) => app.appid),
  )
  setOptions(find('fault').elements.path, state.paths)
  appid = find('app').value
  find('now').textContent = new Date(state.now).toLocaleString()
  fill('people', state.people.map(toPerson), words.noPeople)
  fill('faults', state.faults.map(toFault), words.noFaults)
  fill('tokens', state.tokens.map(toToken), words.noTokens)
  fill('pushes', state.pushes.reverse().map(toPush), words.noPushes)
  fill('quotas', state.quotas.map(toQuota), words.noQuotas)
  find('calls').replaceChildren(...state.calls.reverse().map(toCall))
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

translate()
setOptions(find('fault').elements.kind, Object.keys(FAULTS))
find('url').textContent = location.origin
const update = createRefresher()
listen(update)
const events = new EventSource('/_control/events')
events.onopen = () => find('live').classList.add('on')
events.onerror = () => find('live').classList.remove('on')
events.onmessage = update
