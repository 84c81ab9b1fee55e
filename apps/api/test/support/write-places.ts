import { writeFile } from 'node:fs/promises'

type Value = string | number | Value[] | { [name: string]: Value }

/**
 * Writes a database of IPv4 addresses: one range, which is the first byte of an address, and what is
 * known about it. https://maxmind.github.io/MaxMind-DB/
 */
export const writePlaces = async (file: string, firstByte: number, place: Value) => {
  const nodes = 8
  const data = encode(place)
  const tree = Buffer.alloc(nodes * 6)
  for (let bit = 0; bit < nodes; bit += 1) {
    const isOne = ((firstByte >> (7 - bit)) & 1) === 1
    // The next node, or at the last bit the data, whose offset begins after a separator of 16 bytes.
    const onwards = bit === nodes - 1 ? nodes + 16 : bit + 1
    tree.writeUIntBE(isOne ? nodes : onwards, bit * 6, 3)
    tree.writeUIntBE(isOne ? onwards : nodes, bit * 6 + 3, 3)
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
    database_type: 'Test-City',
    description: {},
    ip_version: 4,
    languages: [],
    node_count: nodes,
    record_size: 24,
  })
  const marker = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from('MaxMind.com')])
  await writeFile(file, Buffer.concat([tree, Buffer.alloc(16), data, marker, metadata]))
}

const [STRING, UINT32, MAP, ARRAY] = [2, 6, 7, 11]

const encode = (value: Value): Buffer => {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([control(STRING, text.length), text])
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(UINT32, 4), bytes])
  }
  if (Array.isArray(value)) {
    return Buffer.concat([control(ARRAY, value.length), ...value.map(encode)])
  }
  const entries = Object.entries(value)
  return Buffer.concat([control(MAP, entries.length), ...entries.flat().map(encode)])
}

/** Types above 7 stand in a byte of their own; no size here needs more than five bits. */
const control = (type: number, size: number) => {
  if (size > 28) throw new Error('too long for this writer')
  return Buffer.from(type > 7 ? [size, type - 7] : [(type << 5) | size])
}
