import { BUILTIN_TAGS, TEMPLATE_TAGS } from '../builtin-tags.ts'
import type { FoundUnit } from './units.ts'

const IGNORED = /<!--[\s\S]*?-->|<wxs\b[^>]*>[\s\S]*?<\/wxs>|\{\{[\s\S]*?\}\}/g
const TAG = /<([A-Za-z][\w-]*)/g

/** Tags of a unit's template that are neither WeChat's nor components that it names. */
export const unknownTags = (
  template: string,
  { config, declaredTags }: Pick<FoundUnit, 'config' | 'declaredTags'>,
): string[] => {
  const known = new Set([
    ...BUILTIN_TAGS,
    ...TEMPLATE_TAGS,
    ...declaredTags,
    ...Object.keys((config.componentGenerics ?? {}) as object),
  ])
  const used = template.replace(IGNORED, '').matchAll(TAG)
  return [...new Set([...used].map((match) => match[1] ?? ''))].filter((tag) => !known.has(tag))
}
