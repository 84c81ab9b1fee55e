const RPX = /(-?(?:\d+\.)?\d+|-?\.\d+)rpx\b/g
const VH = /(-?(?:\d+\.)?\d+|-?\.\d+)vh\b/g

/** Turns rpx, and vh of a page, which is shorter than the screen, into lengths that CSS has. */
export const toCssLengths = (css: string): string =>
  css
    .replace(
      RPX,
      (_match, count: string) => `${Number(((Number(count) * 100) / 750).toFixed(7))}vw`,
    )
    .replace(VH, (_match, count: string) => `calc(var(--page-vh) * ${count})`)
