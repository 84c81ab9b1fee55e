/** What the runtime needs of `app.json`; everything else in it is passed on untouched. */
export interface AppConfig {
  /** All pages, those of subpackages included, without a leading slash. */
  pages: string[]
  entryPagePath: string
  window: Record<string, unknown>
  tabBar: TabBarConfig | null
  usesPrivacyCheck: boolean
  darkmode: boolean
  raw: Record<string, unknown>
}

export interface TabBarConfig {
  color?: string
  selectedColor?: string
  backgroundColor?: string
  borderStyle?: string
  custom?: boolean
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[]
}

/** The values of theme.json by theme: what `@name` in app.json stands for. */
export type ThemeVariables = Record<'light' | 'dark', Record<string, unknown>>

/** One page or component: four files of the same name. */
export interface Unit {
  /** Path without extension or leading slash. */
  path: string
  component: boolean
  config: UnitConfig
  /** Key of its script in `Bundle.scripts`. */
  script: string
  /** Prefix of its class names; null for a page, whose classes are not scoped. */
  styleScope: string | null
}

export interface UnitConfig {
  usingComponents: Record<string, string>
  [key: string]: unknown
}

/** Text of a compiled script and what maps its positions back to the source. */
export interface CompiledScript {
  code: string
  /** Source map (version 3) as JSON. */
  map: string
}

/** A compiled project. JSON data only, so that it can cross to a worker or a browser. */
export interface Bundle {
  appId: string
  sdkVersion: string
  projectName: string
  app: AppConfig
  theme: ThemeVariables
  units: Unit[]
  /** By path with the extension `.js`, also where the source is TypeScript. */
  scripts: Record<string, CompiledScript>
  /** JavaScript expression that yields the render functions of all templates. */
  templates: string
  /** CSS by unit path; that of app.wxss is under `app`. */
  styles: Record<string, string>
  /** Bytes of the main package and of each subpackage by its root. */
  packageSizes: Record<string, number>
  /** What a developer should know but what stops nothing. */
  warnings: string[]
}
