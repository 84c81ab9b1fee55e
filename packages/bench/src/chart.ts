export type Bar = { name: string; value: number; kind: 'ours' | 'limit' | 'other' }
export type Panel = { title: string; unit: string; bars: Bar[] }

const WIDTH = 880
const COLUMNS = 2
const MARGIN = 16
const LABEL = 190
const VALUE = 56
const BAR = 14
const STEP = 21
const HEAD = 48
const FONT = "'DejaVu Sans', Verdana, Arial, sans-serif"

/** Colours that can be told apart by anyone, on white and on black. */
const STYLE = `
text { font: 12px ${FONT}; fill: #24292f }
.title { font-weight: bold; font-size: 13px }
.note { fill: #57606a; font-size: 11px }
.ours { fill: #0969da }
.limit { fill: #b1bac4 }
.other { fill: #bc6c00 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .note { fill: #9da7b3 }
  .ours { fill: #58a6ff }
  .limit { fill: #565e68 }
  .other { fill: #e09b3d }
}`

/** Horizontal bars, the longest first; every panel has a scale of its own, which begins at 0. */
export const drawChart = (heading: string, panels: Panel[]): string => {
  const panelWidth = (WIDTH - MARGIN) / COLUMNS - MARGIN
  const rows = chunk(panels, COLUMNS)
  let top = MARGIN + 24
  const parts: string[] = []
  for (const row of rows) {
    for (const [column, panel] of row.entries()) {
      parts.push(drawPanel(panel, MARGIN + column * (panelWidth + MARGIN), top, panelWidth))
    }
    top += HEAD + STEP * Math.max(...row.map(({ bars }) => bars.length)) + MARGIN
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img">
<title>${escapeXml(heading)}</title>
<style>${STYLE}
</style>
<text class="title" x="${MARGIN}" y="24">${escapeXml(heading)}</text>
${parts.join('\n')}
</svg>
`
}

const drawPanel = ({ title, unit, bars }: Panel, left: number, top: number, width: number) => {
  const sorted = bars.toSorted((one, other) => other.value - one.value)
  const most = Math.max(...bars.map(({ value }) => value), 1)
  const scale = (width - LABEL - VALUE) / most
  const lines = sorted.map(({ name, value, kind }, index) => {
    const y = top + HEAD + index * STEP
    const x = left + LABEL
    const length = Math.max(value * scale, 1)
    const weight = kind === 'ours' ? ' font-weight="bold"' : ''
    return [
      `<text x="${x - 8}" y="${y + 11}" text-anchor="end"${weight}>${escapeXml(name)}</text>`,
      `<rect class="${kind}" x="${x}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<text x="${(x + length + 6).toFixed(1)}" y="${y + 11}"${weight}>${formatCount(value)}</text>`,
    ].join('\n')
  })
  return [
    `<text class="title" x="${left}" y="${top + 16}">${escapeXml(title)}</text>`,
    `<text class="note" x="${left}" y="${top + 32}">${escapeXml(unit)}</text>`,
    ...lines,
  ].join('\n')
}

/** 1234 is `1.2k`. */
export const formatCount = (value: number): string => {
  if (value < 1_000) return value.toFixed(0)
  return `${(value / 1_000).toFixed(value < 10_000 ? 1 : 0)}k`
}

const escapeXml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const chunk = <T>(items: T[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
