import type { Warn } from '../warnings.ts'
import type { BuiltinBehaviors } from './builtins.ts'

type Definition = Record<string, unknown>

/** How the definitions of pages, components and behaviors are made fit for glass-easel. */
export interface DefinitionRules {
  behaviors: BuiltinBehaviors
  warn: Warn
}

/**
 * A definition as WeChat accepts it: it ignores behaviors that it does not know and observers
 * without a function, and takes a list of types for a property. glass-easel throws for each.
 */
export const readDefinition = (
  definition: Definition,
  name: string,
  rules: DefinitionRules,
): Definition => {
  const read: Definition = { ...definition }
  const behaviors = Array.isArray(definition.behaviors)
    ? definition.behaviors.flatMap((behavior: unknown) => readBehavior(behavior, name, rules))
    : []
  if (Array.isArray(definition.behaviors)) read.behaviors = behaviors
  const methods = Object.assign(
    {},
    ...behaviors.map(methodsOf),
    definition.methods,
    // Functions of a page stand beside its data.
    onlyFunctions(definition),
  )
  if (isRecord(definition.properties)) {
    read.properties = mapValues(definition.properties, (property, key) =>
      readProperty(property, `${name}: property "${key}"`, methods, rules.warn),
    )
  }
  if (isRecord(definition.observers) && !Array.isArray(definition.observers)) {
    read.observers = readObservers(definition.observers, name, methods, rules.warn)
  }
  for (const key of ['lifetimes', 'pageLifetimes']) {
    const functions = definition[key]
    if (isRecord(functions)) read[key] = onlyFunctions(functions)
  }
  return read
}

/**
 * Fields of a page that cannot be copied for each instance, because they refer to themselves or are
 * no plain data. They are taken out of the definition, for `Object.assign`.
 */
export const takeOutObjects = (definition: Definition): Definition => {
  const taken = Object.entries(definition).filter(
    ([key, value]) => !OF_GLASS_EASEL.has(key) && !canBeCopied(value, []),
  )
  for (const [key] of taken) delete definition[key]
  return Object.fromEntries(taken)
}

const OF_GLASS_EASEL = new Set(
  'data behaviors properties observers methods lifetimes pageLifetimes relations options'.split(
    ' ',
  ),
)

const canBeCopied = (value: unknown, within: unknown[]): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (within.includes(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null
  return isPlain && Object.values(value).every((inner) => canBeCopied(inner, [...within, value]))
}

const onlyFunctions = (values: Definition): Definition =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'function'))

/** The methods of a behavior, with those of the behaviors that it has itself. */
const methodsOf = (behavior: Definition): Definition => {
  const inner = behavior._$ as { prepare(): void; getMethods(): Definition }
  inner.prepare()
  return inner.getMethods()
}

const readBehavior = (
  behavior: unknown,
  name: string,
  { behaviors, warn }: DefinitionRules,
): Definition[] => {
  if (isRecord(behavior) && '_$' in behavior) return [behavior]
  const known = typeof behavior === 'string' ? behaviors[behavior] : undefined
  if (known) return [known]
  warn(`${name}: the behavior ${JSON.stringify(behavior)} is not supported and is ignored`)
  return []
}

const TYPES: unknown[] = [String, Number, Boolean, Object, Array, Function, null]
const isType = (type: unknown): boolean => TYPES.includes(type)

const readProperty = (
  property: unknown,
  place: string,
  methods: Definition,
  warn: Warn,
): unknown => {
  if (isType(property)) return property
  if (Array.isArray(property)) return { type: null, optionalTypes: property.filter(isType) }
  if (!isRecord(property)) return null
  const { type, optionalTypes, observer, ...rest } = property
  const [first, ...others] = (Array.isArray(type) ? type : [type]).filter(isType)
  const more = [...others, ...(Array.isArray(optionalTypes) ? optionalTypes.filter(isType) : [])]
  const read: Definition = { ...rest, type: first ?? null }
  if (more.length > 0) read.optionalTypes = [first ?? null, ...more]
  const isMethod = typeof observer === 'string' && typeof methods[observer] === 'function'
  if (typeof observer === 'function' || isMethod) read.observer = observer
  else if (observer !== undefined && observer !== null) {
    warn(`${place}: its observer ${JSON.stringify(observer)} is no function and is ignored`)
  }
  return read
}

const readObservers = (
  observers: Definition,
  name: string,
  methods: Definition,
  warn: Warn,
): Definition =>
  Object.fromEntries(
    Object.entries(observers).flatMap(([paths, observer]) => {
      const called = typeof observer === 'string' ? methods[observer] : observer
      if (typeof called === 'function') return [[escapedPaths(paths), called]]
      warn(`${name}: the observer of "${paths}" is no function and is ignored`)
      return []
    }),
  )

/** glass-easel reads only letters, digits and `_` as names; a backslash takes any other character. */
const escapedPaths = (paths: string): string =>
  paths.replace(/(^|[.,]\s*)(\d)|[^\w.[\]*,\s\\]/g, (whole, before?: string, digit?: string) =>
    digit === undefined ? `\\${whole}` : `${before}\\${digit}`,
  )

const isRecord = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null

const mapValues = (values: Definition, map: (value: unknown, key: string) => unknown): Definition =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]))
