interface RichNode {
  type?: string
  name?: string
  text?: string
  attrs?: Record<string, unknown>
  children?: RichNode[]
}

// https://developers.weixin.qq.com/miniprogram/dev/component/rich-text.html
const TAGS = new Set(
  'a abbr b big blockquote br code del div em font h1 h2 h3 h4 h5 h6 hr i img ins label li ol p q small span strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set([
  'class',
  'style',
  'src',
  'alt',
  'width',
  'height',
  'colspan',
  'rowspan',
])

/** DOM nodes of a rich text, given as HTML or nodes; tags that WeChat does not list are dropped. */
export const richTextNodes = (nodes: unknown): Node[] => {
  if (typeof nodes === 'string') {
    const parsed = new DOMParser().parseFromString(nodes, 'text/html')
    return [...parsed.body.childNodes].flatMap(copyTrusted)
  }
  return Array.isArray(nodes) ? nodes.flatMap((node: RichNode) => build(node)) : []
}

const build = ({ type, name = '', text = '', attrs = {}, children = [] }: RichNode): Node[] => {
  if (type === 'text') return [document.createTextNode(text)]
  const inner = children.flatMap(build)
  return wrap(
    name.toLowerCase(),
    Object.entries(attrs).map(([key, value]) => [key, String(value)]),
    inner,
  )
}

const copyTrusted = (node: Node): Node[] => {
  if (node instanceof Text) return [document.createTextNode(node.data)]
  if (!(node instanceof Element)) return []
  const attributes = [...node.attributes].map(({ name, value }): [string, string] => [name, value])
  return wrap(node.localName, attributes, [...node.childNodes].flatMap(copyTrusted))
}

const wrap = (tag: string, attributes: [string, string][], inner: Node[]): Node[] => {
  if (!TAGS.has(tag)) return []
  const element = document.createElement(tag)
  for (const [name, value] of attributes) {
    if (ATTRIBUTES.has(name) && !/^\s*javascript:/i.test(value)) element.setAttribute(name, value)
  }
  element.append(...inner)
  return [element]
}
