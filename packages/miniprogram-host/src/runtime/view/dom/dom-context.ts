import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { toCssLengths } from '../../../css-lengths.ts'

const COLOR_SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/g

/** Prefix of element names, which separates them from HTML's own tags. */
const ELEMENT_PREFIX = 'wx-'

/** glass-easel's DOM context, with prefixed element names and one style sheet per file. */
export class DomContext extends glassEasel.CurrentWindowBackendContext {
  private readonly sheetIds = new Map<string, number>()
  private readonly sheets = new Map<string, HTMLStyleElement>()
  private readonly contents = new Map<string, string>()
  private theme: 'light' | 'dark' = 'light'

  constructor() {
    super()
    this.document = {
      createElement: (tag: string) => asWxElement(document.createElement(ELEMENT_PREFIX + tag)),
      createTextNode: (text: string) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    } as unknown as typeof this.document
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    this.contents.set(path, String(content))
  }

  /** Adds a file's styles once, even if several pages use it. */
  override appendStyleSheetPath(path: string): number {
    const known = this.sheetIds.get(path)
    if (known !== undefined) return known
    const id = this.sheetIds.size
    const sheet = document.createElement('style')
    sheet.dataset.path = path
    sheet.textContent = this.themed(path)
    document.head.append(sheet)
    this.sheetIds.set(path, id)
    this.sheets.set(path, sheet)
    return id
  }

  /** Makes `prefers-color-scheme` in the app's styles follow the phone's theme. */
  useTheme(theme: 'light' | 'dark'): void {
    if (this.theme === theme) return
    this.theme = theme
    for (const [path, sheet] of this.sheets) sheet.textContent = this.themed(path)
  }

  private themed(path: string): string {
    return (this.contents.get(path) ?? '').replace(COLOR_SCHEME, (_query, scheme: string) =>
      scheme === this.theme ? '(min-width: 0px)' : '(max-width: 0px)',
    )
  }

  /** Enables the styles of the current page only, because all pages share one document. */
  usePageStyles(page: string, pages: string[]): void {
    for (const path of pages) {
      const sheet = this.sheets.get(path)
      if (sheet) sheet.disabled = path !== page
    }
  }

  // gestures.ts sends the events, with touches as mini-programs expect them.
  override onEvent(): void {}
  override setListenerStats(): void {}
  override setModelBindingStat(): void {}
}

const ID_PREFIX = /^[^-]*--/

const asWxElement = (element: HTMLElement): HTMLElement => {
  const set = (name: string, value: unknown) =>
    Element.prototype.setAttribute.call(element, name, String(value))
  element.setAttribute = (name, value) =>
    set(name, name === 'style' ? toCssLengths(String(value)) : value)
  // glass-easel prefixes ids; selectors of the app expect them without the prefix.
  Object.defineProperty(element, 'id', {
    get: () => element.getAttribute('id') ?? '',
    set: (id: string) => set('id', id.replace(ID_PREFIX, '')),
  })
  return element
}
