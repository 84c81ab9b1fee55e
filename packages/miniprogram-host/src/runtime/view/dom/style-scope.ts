import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { DomRuntime } from './look.ts'

/** Prefix of the class names in an element's template; '' in the template of a page. */
export const styleScopeOf = (element: glassEasel.Element, { bundle }: DomRuntime): string => {
  const owner = element.ownerShadowRoot?.getHostNode().is
  const scope = bundle.units.find((unit) => unit.path === owner)?.styleScope
  return scope ? `${scope}--` : ''
}
