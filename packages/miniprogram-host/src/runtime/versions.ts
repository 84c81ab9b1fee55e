/** Whether a base library version such as `2.20.1` is older than another. */
export const isOlder = (version: string, than: string): boolean => {
  const [own, other] = [partsOf(version), partsOf(than)]
  const at = other.findIndex((part, index) => (own[index] ?? 0) !== part)
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0)
}

const partsOf = (version: string): number[] => version.split('.').map(Number)
