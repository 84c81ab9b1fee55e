/** Text only becomes text nodes, so that nothing that was typed becomes markup. */
export const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties)
  node.append(...children)

  return node
}

export const find = (id) => document.getElementById(id)

export const setOptions = (select, values) => {
  if ([...select.options].map(({ value }) => value).join() === values.join()) return
  const chosen = select.value
  select.replaceChildren(...values.map((value) => element('option', { value }, value)))
  if (values.includes(chosen)) select.value = chosen
}

/** Shows rows, or says that there are none. */
export const fill = (id, rows, empty) => {
  find(id).replaceChildren(...(rows.length ? rows : [element('li', { className: 'empty' }, empty)]))
}

export const tag = (text, isGood = true) =>
  element('span', { className: isGood ? 'tag' : 'tag bad' }, text)

/** A line in bold and what belongs under it, with more at its end. */
export const item = (title, details, ...ends) =>
  element(
    'li',
    {},
    element(
      'div',
      { className: 'grow' },
      element('span', { className: 'name' }, title),
      ...details.filter(Boolean).map((detail) => element('code', { className: 'line' }, detail)),
    ),
    ...ends,
  )

export const createButton = (attempt) => (label, work) =>
  element('button', { type: 'button', textContent: label, onclick: () => void attempt(work) })

/** A code and a button that copies it. */
export const createCodeRow = (button, words) => (code) => {
  const copy = button(words.copy, async () => {
    await navigator.clipboard.writeText(code)
    copy.textContent = words.copied
  })

  return element('div', { className: 'code' }, element('code', {}, code), copy)
}
