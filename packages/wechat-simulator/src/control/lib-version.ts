/** Orders base library versions: negative when `left` is the older one. */
export const compareVersions = (left: string, right: string) => {
  const rights = right.split('.').map(Number)
  const difference = left
    .split('.')
    .map((part, index) => Number(part) - (rights[index] ?? 0))
    .find((part) => part !== 0)

  return difference ?? 0
}
