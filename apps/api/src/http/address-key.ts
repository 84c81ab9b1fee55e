import { isIPv6 } from 'node:net'

const GROUPS = 8
const NETWORK_GROUPS = 4
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** What counts as one address: an IPv4 address, or the /64 network of an IPv6 address, whose owner has all of it. */
export const addressKey = (ip: string): string => {
  if (!isIPv6(ip)) return ip
  const [, ipv4] = MAPPED_IPV4.exec(ip) ?? []
  return ipv4 ?? `${networkOf(ip.toLowerCase()).join(':')}::/64`
}

const networkOf = (ip: string) => {
  const [head = '', tail] = ip.split('::', 2)
  const before = groupsOf(head)
  const after = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array<string>(Math.max(GROUPS - before.length - after.length, 0)).fill('0')
  return [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS)
}

const groupsOf = (part: string) =>
  part === ''
    ? []
    : part
        .split(':')
        // An IPv4 address at the end stands for two groups, neither of them of the network.
        .flatMap((group) => (group.includes('.') ? ['0', '0'] : [group.replace(/^0+(?=.)/, '')]))
