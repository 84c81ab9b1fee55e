import { Script } from 'node:vm'
import { RUNTIME_GLOBAL } from '../runtime/loader/parameters.ts'
import { CompileError } from './compile-error.ts'
import { resolveFrom } from './project-files.ts'

// https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/07basiclibrary.html
export const WXS_GLOBALS =
  'var getRegExp=function(pattern,flags){return new RegExp(pattern,flags)};' +
  'var getDate=function(...parts){return new Date(...parts)};'

/** Connects templates with the runtime, which gives WXS functions the descriptors of elements. */
export const WXS_EVENTS =
  `Q.A=(listener)=>${RUNTIME_GLOBAL}.wxs.changed(listener);` +
  `Q.C=(...values)=>${RUNTIME_GLOBAL}.wxs.call(...values);`

/** Comments, strings, names and `require` calls; everything else is kept as it is. */
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<require>\brequire\(\s*(["'])([^"'\n]+)\2\s*\))|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|(?<name>(?:\.\s*)?[A-Za-z_$][\w$]*)/g

/** A backslash that begins no escape of WXS is part of the string, as in '\d'. */
const UNKNOWN_ESCAPE = /\\([^\\'"bfnrtvux0-9\n\r])|\\\\/g

/** Reserved in JavaScript, but names like others in WXS. */
const NAMES_IN_WXS = new Set(
  'class enum export extends implements import interface package private protected public static super yield'.split(
    ' ',
  ),
)

/**
 * A WXS script as JavaScript. The template compiler names modules without `.wxs`, so `require`
 * calls must do the same; `constructor` is the name of the type as a string. An inline script begins
 * at `firstLine` of its file.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/06datatype.html
 */
export const readWxs = (
  source: string,
  file: string,
  firstLine = 1,
): { code: string; required: string[] } => {
  const required: string[] = []
  const code = source.replace(TOKEN, (token, ...rest) => {
    const groups = rest.at(-1) as { require?: string; name?: string }
    const at = rest.at(-3) as number
    if (groups.require !== undefined) {
      const [, quote, specifier] = rest as [string, string, string]
      const target = specifier.replace(/\.wxs$/, '')
      required.push(resolveFrom(file, target))
      return `require(${quote}${target}${quote})`
    }
    if (groups.name !== undefined) return nameOf(token, source, at)
    if (token.startsWith('/')) return token
    return token.replace(UNKNOWN_ESCAPE, (written: string, next?: string) =>
      next === undefined ? written : `\\\\${next}`,
    )
  })
  requireSyntax(code, file, firstLine)
  return { code, required }
}

const nameOf = (token: string, source: string, at: number): string => {
  if (/^\.\s*constructor$/.test(token)) return `${token}.name`
  if (!NAMES_IN_WXS.has(token)) return token
  const isKey =
    /[{,]\s*$/.test(source.slice(Math.max(0, at - 40), at)) &&
    /^\s*:/.test(source.slice(at + token.length))
  return isKey ? token : `$${token}`
}

/** Broken code would break all templates, because they share one script. */
const requireSyntax = (code: string, file: string, firstLine: number): void => {
  try {
    new Script(`(function(require,exports,module){${code}\n})`, { filename: file })
  } catch (error) {
    const { message, stack = '' } = error as Error
    const line = Number(/^.*?:(\d+)$/m.exec(stack)?.[1] ?? 1)
    throw new CompileError(file, line + firstLine - 1, 1, message)
  }
}
