const ENTRY = /^ {2}(?<name>'?[^\s'][^\n]*?'?):\n {4}resolution: (?<resolution>\{[^\n]*\})$/gm
const FROM_THE_REGISTRY = /^\{integrity: sha512-[A-Za-z0-9+/]{86}==\}$/

/** Packages of pnpm's lockfile that are not from the registry, or whose content is not pinned. */
export const checkLockfile = (lockfile: string): string[] => {
  const packages = lockfile.slice(lockfile.indexOf('\npackages:\n'))
  const entries = [...packages.matchAll(ENTRY)]
  if (entries.length === 0) return ['pnpm-lock.yaml names no package: it cannot be read']
  return entries.flatMap(({ groups }) =>
    FROM_THE_REGISTRY.test(groups?.resolution ?? '')
      ? []
      : [`pnpm-lock.yaml: ${groups?.name} is not pinned by the hash of a package of the registry`],
  )
}
