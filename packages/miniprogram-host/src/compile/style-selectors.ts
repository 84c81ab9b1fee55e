const TOKEN =
  /\[[^\]]*\]|::?[\w-]+|\.(-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)|#[\w-]+|(?<![\w\\-])([a-z][\w-]*)|[\s\S]/g

// The words in :nth-child(2n + odd) are not tags.
const NTH = /:nth-[\w-]+\([^)]*\)/g

/**
 * Rewrites a selector for the page's document: tags become `wx-…` elements, and each class of a
 * component gets the component's prefix, as WeChat does to isolate styles.
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
