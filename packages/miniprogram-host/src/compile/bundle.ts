/** The fields of `app.json` that the runtime reads; `raw` is the whole file. */
export interface AppConfig {
  /** Paths of all pages, including those of subpackages, without a leading slash. */
  pages: string[]
  /** Root folders of the subpackages, whose scripts run when one of their pages is first opened. */
  subpackages: string[]
  entryPagePath: string
  window: Record<string, unknown>
  tabBar: TabBarConfig | null
  usesPrivacyCheck: boolean
  darkmode: boolean
  /** False without `"style": "v2"`: WeChat draws its components as before 2019. */
  usesNewLook: boolean
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

/** The variables of theme.json by theme. app.json refers to them as `@name`. */
export type ThemeVariables = Record<'light' | 'dark', Record<string, unknown>>

/** One page or component: up to four files with the same base name. */
export interface Unit {
  /** Path without extension or leading slash. */
  path: string
  component: boolean
  config: UnitConfig
  /** Key of its script in `Bundle.scripts`; null when it has none. */
  script: string | null
  /** Prefix of its class names; null for a page, whose classes are not scoped. */
  styleScope: string | null
}

export interface UnitConfig {
  usingComponents: Record<string, string>
  [key: string]: unknown
}

/** A compiled script with its source map. */
export interface CompiledScript {
  code: string
  /** Source map (version 3) as JSON; '' when there is none. */
  map: string
}

/** A compiled project. It is plain JSON, so that it can be sent to a worker or a browser. */
export interface Bundle {
  appId: string
  sdkVersion: string
  projectName: string
  app: AppConfig
  theme: ThemeVariables
  units: Unit[]
  /** Scripts by path; the extension is `.js` for TypeScript sources too. */
  scripts: Record<string, CompiledScript>
  /** A JavaScript expression that evaluates to the render functions of all templates. */
  templates: string
  /** CSS by unit path; `app` is that of app.wxss. */
  styles: Record<string, string>
  /** Size of each package in bytes, by root; the main package has the root `''`. */
  packageSizes: Record<string, number>
  /** Problems that do not stop the compilation. */
  warnings: string[]
  /** Those that cost a page or component something, by its path. */
  faults: Record<string, string[]>
}
