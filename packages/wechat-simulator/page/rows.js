import { element, item, tag } from './elements.js'

const timeOf = (ms) => new Date(ms).toLocaleTimeString(navigator.language)
/** Some of WeChat's errmsgs explain at length. */
const LONGEST_ERRMSG = 60

const kindsOf = (words) => ({
  privacy: words.privacy,
  messages: words.messages,
  always: words.always,
  switch: words.switch,
  permission: words.permission,
})

const windowsOf = (words) => ({ second: words.second, minute: words.minute, day: words.day })

/** What each list of the state looks like. */
export const createRows = (words) => ({
  call: (call) => {
    const ok = call.errcode === 0 && !call.fault
    const fault = call.fault && words.fault + call.fault
    const outcome = [call.errcode, fault].filter((part) => part !== undefined).join(' · ')
    const errmsg = (call.errmsg ?? '').slice(0, LONGEST_ERRMSG)
    const query = new URLSearchParams({ ...(call.appid && { appid: call.appid }), ...call.query })
    const shown = decodeURIComponent(query.toString())

    return element(
      'tr',
      {},
      element('td', {}, timeOf(call.at)),
      element(
        'td',
        {},
        `${call.method} ${call.path} `,
        ...(call.sealed ? [tag(words.sealed)] : []),
        ...line(shown),
      ),
      element('td', {}, call.person ?? ''),
      element('td', {}, tag(outcome, ok), ...line(errmsg)),
    )
  },

  consent: ({ appid, person, kind, what, agreed, left }) => {
    const much = kind === 'messages' ? ` ${left ?? words.anyNumber}` : ''

    return item(
      person,
      [[kindsOf(words)[kind], what].filter(Boolean).join(' '), appid],
      tag(`${agreed ? words.agreed : words.refused}${much}`, agreed),
    )
  },

  message: ({ at, appid, person, kind, content }) => {
    const { touser: _touser, ...shown } = content

    return item(
      `${timeOf(at)} → ${person}`,
      [JSON.stringify(shown), appid],
      tag(kind === 'custom' ? words.custom : words.subscribe),
    )
  },

  fault: ({ path, times, ...what }) =>
    item(path, [JSON.stringify(what)], tag(times ? `× ${times}` : words.untilCleared, false)),

  token: ({ appid, family, validUntil }) =>
    item(
      family,
      [appid],
      element(
        'span',
        {},
        `${words.until} ${new Date(validUntil).toLocaleString(navigator.language)}`,
      ),
    ),

  push: ({ at, event, appid, acknowledged, attempts }) =>
    item(
      `${timeOf(at)} ${event}`,
      [`${appid}: ${attempts.map(({ status, error }) => status ?? error).join(', ')}`],
      element('span', {}, words.tries + attempts.length),
      tag(acknowledged ? words.acknowledged : words.givenUp, acknowledged),
    ),

  quota: ({ path, appid, window, used, limit }) =>
    item(`${path} ${windowsOf(words)[window]}`, [appid], ...bar(used, limit)),

  phoneQuota: ({ appid, button, used, limit, yuan }) =>
    item(button, [appid, `¥${yuan.toFixed(2)}`], ...bar(used, limit)),
})

const line = (text) => (text ? [element('code', { className: 'line' }, text)] : [])

const bar = (used, limit) => [
  element('progress', { max: Math.max(limit, 1), value: used }),
  element('span', {}, `${used} / ${limit}`),
]
