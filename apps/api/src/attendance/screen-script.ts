/**
 * The script of the page for projectors, as a browser runs it. Which code is shown is decided by the time
 * that has passed since the server's answer, so that the clock of the computer need not be right.
 */
export const SCREEN_SCRIPT = `
'use strict'
const EVERY_MS = 2000
const PICTURE_EVERY_MS = 60000
const zh = {
  lang: 'zh-CN',
  page: '会议签到', there: '人已签到', of: '应到 {people} 人', late: '其中 {late} 人迟到',
  scan: '打开小程序，点“扫码签到”扫描上方的码。签到码每 5 秒更新，转发的图片无效。',
  picture: '用微信扫左侧的小程序码，打开这场会议，再点“扫码签到”扫描上方的码。签到码每 5 秒更新，转发的图片无效。',
  opens: '{time} 开始签到', over: '会议已结束', cancelled: '会议已取消', gone: '链接已失效',
  away: '网络中断，正在重新连接…', wait: '正在加载…',
}
const en = {
  lang: 'en',
  page: 'Check-in', there: 'checked in', of: 'of {people} invited', late: '{late} of them late',
  scan: 'Open the mini-program, tap Scan to check in, and scan the code above. It changes every 5 seconds.',
  picture: 'Scan the small code with WeChat to open this meeting, then tap Scan to check in and scan the code above. It changes every 5 seconds.',
  opens: 'Check-in opens at {time}', over: 'The meeting has ended', cancelled: 'The meeting is cancelled',
  gone: 'This link is no longer valid', away: 'Offline, trying again…', wait: 'Loading…',
}
const t = /^zh/i.test(navigator.language) ? zh : en
const base = location.pathname.replace(/[/]$/, '')
const el = (id) => document.getElementById(id)
const fill = (text, values) => text.replace(/[{](.+?)[}]/g, (_, name) => values[name])

let state = null
let askedAt = 0
let isAway = false
let end = null

const serverNow = () => Date.parse(state.now) + (performance.now() - askedAt)
const timeText = (at, withSeconds) => new Intl.DateTimeFormat(t.lang, {
  timeZone: state.timeZone, hour: '2-digit', minute: '2-digit', hour12: false,
  ...(withSeconds ? { second: '2-digit' } : {}),
}).format(at)

const say = (text) => {
  el('message').hidden = text === ''
  el('message').textContent = text
}

const show = () => {
  if (end !== null) return
  if (state === null) return say(isAway ? t.away : t.wait)
  const now = serverNow()
  el('title').textContent = state.title
  document.title = state.title
  el('clock').textContent = timeText(now, true)
  const code = state.codes.filter(({ from }) => Date.parse(from) <= now).pop()
  const isFresh = code !== undefined && now < Date.parse(code.from) + state.everyMs
  el('code').hidden = !isFresh
  if (isFresh && el('code').src !== code.svg) el('code').src = code.svg
  el('counts').hidden = false
  el('present').textContent = state.present
  el('of').textContent = t.there + ' · ' + fill(t.of, state)
  el('late').textContent = state.late > 0 ? fill(t.late, state) : ''
  if (isFresh) return say('')
  say(state.codes.length > 0 || isAway ? t.away
    : fill(t.opens, { time: timeText(Date.parse(state.opensAt)) }))
}

const finish = (text) => {
  end = text
  document.body.className = 'over'
  for (const id of ['code', 'counts', 'foot', 'clock', 'title']) el(id).hidden = true
  el('code').removeAttribute('src')
  say(text)
}

const ask = async () => {
  try {
    const response = await fetch(base + '/state', { cache: 'no-store', signal: AbortSignal.timeout(4000) })
    const answer = await response.json()
    if (response.status === 404) return finish(t.gone)
    if (answer.errno !== 0) throw new Error(String(answer.errno))
    state = answer.data
    // The server wrote its time at some moment between; a code is never shown too early.
    askedAt = performance.now()
    isAway = false
    if (state.state === 'ended') return finish(t.over)
    if (state.state === 'cancelled') return finish(t.cancelled)
    if (state.state !== 'scheduled' && state.state !== 'running') return finish(t.gone)
  } catch {
    isAway = true
  }
  show()
  setTimeout(ask, EVERY_MS)
}

const askPicture = () => {
  const picture = new Image()
  picture.onload = () => {
    el('app').src = picture.src
    el('app').hidden = false
    el('hint').textContent = t.picture
  }
  picture.onerror = () => { if (end === null) setTimeout(askPicture, PICTURE_EVERY_MS) }
  picture.src = base + '/picture'
}

document.documentElement.lang = t.lang
document.title = t.page
el('hint').textContent = t.scan
show()
setInterval(show, 200)
ask()
askPicture()
`
