import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Bundle } from '../compile/bundle.ts'
import { definitionScript, PROVIDED_GLOBALS, RUNTIME_GLOBAL } from '../runtime/loader/parameters.ts'

/** Scripts of the app are named so, in stacks, that the host finds them again. */
const SCRIPT_SCHEME = 'miniprogram:///'

const built = new Map<string, Promise<string>>()

/** Bundles an entry of this package, once per process, for a realm that has no modules. */
export const buildEntry = (entry: string, platform: 'browser' | 'node'): Promise<string> => {
  const script = built.get(entry) ?? buildScript(entry, platform)
  built.set(entry, script)
  return script
}

const buildScript = async (entry: string, platform: 'browser' | 'node'): Promise<string> => {
  // Beside this file the entries are .ts when run from source and .js when built.
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

/** The scripts that put a bundle's code into a realm, with the names under which they appear. */
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

/** The bundle without what appScripts has loaded already. */
export const withoutCode = (bundle: Bundle): Bundle => ({ ...bundle, scripts: {}, templates: '' })

let lastFunction = 0

/** A function that came as source text: its number, and the script that compiles it in a realm. */
export const compileFunction = (source: string): { id: string; script: string } => {
  const id = String(++lastFunction)
  const script =
    `${RUNTIME_GLOBAL}.functions[${id}]=function(...values){` +
    `const {${PROVIDED_GLOBALS.join(',')}}=${RUNTIME_GLOBAL}.globals;` +
    `return (${source}).apply(this,values)}`
  return { id, script }
}
