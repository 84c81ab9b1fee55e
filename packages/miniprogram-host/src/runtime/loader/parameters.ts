/** Names that every script of a mini-program can use like globals. */
export const PROVIDED_GLOBALS = [
  'wx',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
  'requirePlugin',
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'globalThis',
  'global',
] as const

/**
 * Globals of the realm that are undefined in a mini-program. The base library hides them in the
 * same way: as parameters of the function around each script.
 */
export const HIDDEN_GLOBALS = (
  'window document frames self location navigator localStorage sessionStorage history caches screen ' +
  'alert confirm prompt fetch XMLHttpRequest WebSocket EventSource Worker SharedWorker webkit print ' +
  'WeixinJSCore WeixinJSBridge Reporter process Buffer setImmediate clearImmediate indexedDB crypto ' +
  'URL URLSearchParams Blob File FileReader FormData Headers Request Response AbortController ' +
  'AbortSignal TextEncoder TextDecoder structuredClone queueMicrotask performance atob btoa ' +
  'MessageChannel Image Audio Event CustomEvent EventTarget Node Element HTMLElement Document ' +
  'MutationObserver ResizeObserver IntersectionObserver requestAnimationFrame cancelAnimationFrame ' +
  'requestIdleCallback getComputedStyle matchMedia addEventListener removeEventListener ' +
  'dispatchEvent postMessage parent top opener open close stop find focus blur scroll scrollTo scrollBy'
).split(' ')

/** Parameters of the function around each script. */
const SCRIPT_PARAMETERS = ['require', 'module', 'exports', ...PROVIDED_GLOBALS, ...HIDDEN_GLOBALS]

/** Name of the runtime's global variable in its realm. */
export const RUNTIME_GLOBAL = '__miniprogramHost'

/**
 * The script that defines a module in the realm; the code keeps its line numbers. The code has a
 * function of its own, so that it can redeclare the names of the parameters.
 */
export const definitionScript = (path: string, code: string): string =>
  `${RUNTIME_GLOBAL}.define(${JSON.stringify(path)},function(${SCRIPT_PARAMETERS.join(',')}){(function(){${code}\n})()})`
