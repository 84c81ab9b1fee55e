import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { toCssLengths } from '../../../css-lengths.ts'

/** Elements of the page are named so, to keep clear of HTML's own tags. */
export const ELEMENT_PREFIX = 'wx-'

/** glass-easel's document, with WeChat's element names, units and one style sheet per file. */
export class DomContext extends glassEasel.CurrentWindowBackendContext {
  private readonly sheetIds = new Map<string, number>()
  private readonly sheets = new Map<string, HTMLStyleElement>()
  private readonly contents = new Map<string, string>()

  constructor() {
    super()
    this.document = {
      createElement: (tag: string) => withCssLengths(document.createElement(ELEMENT_PREFIX + tag)),
      createTextNode: (text: string) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    } as unknown as typeof this.document
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    this.contents.set(path, String(content))
  }

  /** Adds a file's styles once, however many pages use it. */
  override appendStyleSheetPath(path: string): number {
    const known = this.sheetIds.get(path)
    if (known !== undefined) return known
    const id = this.sheetIds.size
    const sheet = document.createElement('style')
    sheet.dataset.path = path
    sheet.textContent = this.contents.get(path) ?? ''
    document.head.append(sheet)
    this.sheetIds.set(path, id)
    this.sheets.set(path, sheet)
    return id
  }

  /** Pages are drawn in one document, so each one's own styles apply only while it is on top. */
  usePageStyles(page: string, pages: string[]): void {
    for (const path of pages) {
      const sheet = this.sheets.get(path)
      if (sheet) sheet.disabled = path !== page
    }
  }

  // Events come from gestures.ts, with the touches that mini-programs expect.
  override onEvent(): void {}
  override setListenerStats(): void {}
  override setModelBindingStat(): void {}
}

const withCssLengths = <Target extends { setAttribute(name: string, value: unknown): void }>(
  element: Target,
): Target => {
  const set = element.setAttribute.bind(element)
  element.setAttribute = (name, value) =>
    set(name, name === 'style' ? toCssLengths(String(value)) : value)
  return element
}
