/**
 * Runs in the browser of a target that draws, as text: it sees nothing around itself. Returns what a
 * person could not read, hit or hear on the page that is shown, one line for each fault:
 *
 * - `contrast`: text below 4.5:1, or 3:1 where it is large (WCAG 2.2, 1.4.3)
 * - `touch`: something to tap that is smaller than 44 px
 * - `name`: something to tap, or a picture, that a screen reader has no name for
 * - `cut`: text that leaves its box or the screen
 */
export const inspectScreen = (): string[] => {
  const SMALLEST_TOUCH = 43.5
  const TAPPED =
    'wx-button, [role=button], [role=link], [role=tab], [role=checkbox], [role=radio], wx-navigator, wx-checkbox, wx-radio, wx-switch, wx-input, wx-textarea'
  const frame = [...document.querySelectorAll<HTMLElement>('.mph-page-frame')].find(
    ({ hidden }) => !hidden,
  )
  if (!frame) return ['no page is shown']
  const faults: string[] = []
  type Color = { r: number; g: number; b: number; a: number }

  const ancestors = (element: Element): Element[] => {
    const parent = element.parentElement
    return parent === null ? [element] : [element, ...ancestors(parent)]
  }
  const colorOf = (css: string): Color => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number)
    return { r, g, b, a }
  }
  const over = (top: Color, below: Color, alpha = top.a): Color => ({
    r: top.r * alpha + below.r * (1 - alpha),
    g: top.g * alpha + below.g * (1 - alpha),
    b: top.b * alpha + below.b * (1 - alpha),
    a: 1,
  })
  const backgroundOf = (element: Element): Color =>
    ancestors(element)
      .map((each) => colorOf(getComputedStyle(each).backgroundColor))
      .reduceRight((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 })
  const opacityOf = (element: Element): number =>
    ancestors(element).reduce((all, each) => all * Number(getComputedStyle(each).opacity), 1)
  /** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  const luminance = ({ r, g, b }: Color): number => {
    const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (a: Color, b: Color): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (high + 0.05) / (low + 0.05)
  }
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 0
  const isDisabled = (element: Element): boolean =>
    element.closest('[disabled=true], [aria-disabled=true]') !== null
  const short = (text: string): string => `“${text.trim().replace(/\s+/g, ' ').slice(0, 40)}”`

  const inspectText = (node: Node, element: Element) => {
    const text = node.textContent ?? ''
    const style = getComputedStyle(element)
    const size = Number.parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const ground = backgroundOf(element)
    const alpha = colorOf(style.color).a * opacityOf(element)
    const ratio = contrast(over(colorOf(style.color), ground, alpha), ground)
    if (!isDisabled(element) && ratio < (isLarge ? 3 : 4.5)) {
      faults.push(`contrast ${short(text)} ${ratio.toFixed(2)}:1`)
    }
    inspectBox(node, element, size)
  }

  /** Boxes that the text may not leave: those that clip it, and the block that it stands in. */
  const inspectBox = (node: Node, element: Element, size: number) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0)
    const chain = ancestors(element)
    const isFixed = chain.some((each) => getComputedStyle(each).position === 'fixed')
    const block = chain.find((each) => !getComputedStyle(each).display.startsWith('inline'))
    const boxes = chain.filter((each) => {
      if (each === block) return true
      return frame.contains(each) && getComputedStyle(each).overflowX !== 'visible'
    })
    // A glyph is smaller than its line: lines may stick out a little.
    const slack = size * 0.25
    const leaves = rects.some((rect) => {
      const isOffScreen = rect.left < -1 || rect.right > innerWidth + 1
      if (isOffScreen || (isFixed && (rect.top < 0 || rect.bottom > innerHeight))) return true
      return boxes.some((each) => {
        const box = each.getBoundingClientRect()
        const isScrolled = each.matches('.mph-page-scroll, .mph-page-frame')
        if (rect.left < box.left - 1 || rect.right > box.right + 1) return true
        return !isScrolled && (rect.top < box.top - slack || rect.bottom > box.bottom + slack)
      })
    })
    if (leaves) faults.push(`cut ${short(node.textContent ?? '')}`)
  }

  const nameOf = (element: Element): string => {
    const inner = element.querySelector('input, textarea')
    const label = element.getAttribute('aria-label') ?? inner?.getAttribute('aria-label')
    return (label || (element.textContent ?? '')).trim()
  }
  const inspectTapped = (element: Element) => {
    const isChoice = element.matches('wx-checkbox, wx-radio, wx-switch')
    const target = (isChoice && element.closest('wx-label')) || element
    const { width, height } = target.getBoundingClientRect()
    const what = `${element.tagName.toLowerCase()}.${element.className} ${short(nameOf(element))}`
    if (Math.min(width, height) < SMALLEST_TOUCH) {
      faults.push(`touch ${what} ${Math.round(width)}×${Math.round(height)}`)
    }
    if (nameOf(element) === '') faults.push(`name ${what}`)
  }

  const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const isText = (node.textContent ?? '').trim() !== ''
    if (element && isText && isShown(element)) inspectText(node, element)
  }
  for (const element of frame.querySelectorAll(TAPPED)) {
    if (isShown(element)) inspectTapped(element)
  }
  for (const element of frame.querySelectorAll('[role=img], [role=dialog]')) {
    if (isShown(element) && nameOf(element) === '') faults.push(`name ${element.className}`)
  }

  return faults
}
