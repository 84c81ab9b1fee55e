import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Bundle } from '../compile/bundle.ts'
import { definitionScript, PROVIDED_GLOBALS, RUNTIME_GLOBAL } from '../runtime/loader/parameters.ts'

/** URL scheme of the app's scripts, by which the stack mapper recognises them. */
const SCRIPT_SCHEME = 'miniprogram:///'

const built = new Map<string, Promise<string>>()

/** Bundles an entry of this package into one script; each entry is built once per process. */
export const buildEntry = (entry: string, platform: 'browser' | 'node'): Promise<string> => {
  const script = built.get(entry) ?? buildScript(entry, platform)
  built.set(entry, script)
  return script
}

const buildScript = async (entry: string, platform: 'browser' | 'node'): Promise<string> => {
  // The entries are .ts files when the package runs from source and .js files when it is built.
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const result = await build({
    entryPoints: [fileURLToPath(new URL(`${entry}${extension}`, import.meta.url))],
    bundle: true,
    write: false,
    format: platform === 'node' ? 'cjs' : 'iife',
    target: 'es2022',
    platform,
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  return result.outputFiles[0]?.text ?? ''
}

/** The scripts that define a bundle's code in a realm, with their names in stack traces. */
export const appScripts = (bundle: Bundle): { name: string; code: string }[] => [
  {
    name: `${SCRIPT_SCHEME}__templates.js`,
    code: `${RUNTIME_GLOBAL}.defineTemplates(${bundle.templates})`,
  },
  ...Object.entries(bundle.scripts).map(([path, { code }]) => ({
    name: SCRIPT_SCHEME + path,
    code: definitionScript(path, code),
  })),
]

/** The bundle without the code that appScripts loads. */
export const withoutCode = (bundle: Bundle): Bundle => ({ ...bundle, scripts: {}, templates: '' })

let lastFunction = 0

/** Wraps a function's source text in a script that compiles it in a realm under the id. */
export const compileFunction = (source: string): { id: string; script: string } => {
  const id = String(++lastFunction)
  const script =
    `${RUNTIME_GLOBAL}.functions[${id}]=function(...values){` +
    `const {${PROVIDED_GLOBALS.join(',')}}=${RUNTIME_GLOBAL}.globals;` +
    `return (${source}).apply(this,values)}`
  return { id, script }
}
