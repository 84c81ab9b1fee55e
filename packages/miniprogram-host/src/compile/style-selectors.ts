const TOKEN =
  /\[[^\]]*\]|::?[\w-]+|\.(-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)|#[\w-]+|(?<![\w\\-])([a-z][\w-]*)|[\s\S]/g

// Inside :nth-child(2n + odd) there are words that are no tags.
const NTH = /:nth-[\w-]+\([^)]*\)/g

/**
 * Selector as the page's document knows it: tags become `wx-…` elements, and in a component each
 * class carries the component's prefix, which is how WeChat keeps its styles apart.
 */
export const rewriteSelector = (selector: string, scope: string | null): string => {
  const kept: string[] = []
  const masked = selector.replace(NTH, (text) => `\ue000${kept.push(text) - 1}\ue000`)
  const rewritten = masked.replace(TOKEN, (text, className?: string, tag?: string) => {
    if (text === ':host' && scope) return `[wx-host="${scope}"]`
    if (className !== undefined) return scope ? `.${scope}--${className}` : text
    if (tag !== undefined) return tag === 'from' || tag === 'to' ? text : `wx-${tag}`
    return text
  })
  return rewritten.replace(/\ue000(\d+)\ue000/g, (_match, at: string) => kept[Number(at)] ?? '')
}
