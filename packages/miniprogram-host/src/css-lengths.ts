const RPX = /(-?(?:\d+\.)?\d+|-?\.\d+)rpx\b/g
const VH = /(-?(?:\d+\.)?\d+|-?\.\d+)vh\b/g

/** Converts rpx (750rpx: the screen's width) and a page's vh, which excludes the bars, to CSS. */
export const toCssLengths = (css: string): string =>
  css
    .replace(
      RPX,
      (_match, count: string) => `${Number(((Number(count) * 100) / 750).toFixed(7))}vw`,
    )
    .replace(VH, (_match, count: string) => `calc(var(--page-vh) * ${count})`)
