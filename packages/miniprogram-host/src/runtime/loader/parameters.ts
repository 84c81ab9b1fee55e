/** What every script of a mini-program finds as if it were global. */
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
 * Names that are undefined in a mini-program, though the realm around it has them. The base library
 * hides them in the same way: as parameters of the function around each script.
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

/** Parameters of the function that a script is wrapped in. */
const SCRIPT_PARAMETERS = ['require', 'module', 'exports', ...PROVIDED_GLOBALS, ...HIDDEN_GLOBALS]

/** Name under which the runtime is reachable in its realm. */
export const RUNTIME_GLOBAL = '__miniprogramHost'

/**
 * The script that defines a module in the realm; the code's line numbers are kept. The code has a
 * function of its own, so that it may declare a name that the parameters hide.
 */
export const definitionScript = (path: string, code: string): string =>
  `${RUNTIME_GLOBAL}.define(${JSON.stringify(path)},function(${SCRIPT_PARAMETERS.join(',')}){(function(){${code}\n})()})`
