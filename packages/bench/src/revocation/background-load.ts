import { keepCalling } from '../rate.ts'
import type { Timed } from '../timed.ts'
import type { Node, TwoNodes } from './two-nodes.ts'

const READERS = 20
const READS_PER_SECOND = 100
const SIGN_INS_PER_SECOND = 10
const PEOPLE = 500

/** What each node serves meanwhile, a second. */
export const LOAD = `${READS_PER_SECOND} reads and ${SIGN_INS_PER_SECOND} sign-ins a second on each node`

/**
 * Users who have nothing to do with the endings; `stop` resolves to all their answers. `draw` never gives
 * the same number twice, since WeChat takes a code once.
 */
export const startLoad = async ({ nodes }: TwoNodes, draw: () => number) => {
  const tokens = await Promise.all(
    Array.from({ length: READERS }, (_, reader) =>
      nodes[0].tokenFor(`e2e-reader${reader}~${draw()}`),
    ),
  )
  const signIn = (node: Node) => {
    const number = draw()
    return node.signIn(`e2e-person${number % PEOPLE}~${number}`)
  }
  const calls = nodes.flatMap((node) => [
    keepCalling(READS_PER_SECOND, () => node.read(tokens[draw() % READERS] ?? '')),
    keepCalling(SIGN_INS_PER_SECOND, () => signIn(node)),
  ])
  return {
    async stop(): Promise<Timed[]> {
      return (await Promise.all(calls.map((one) => one.stop()))).flat()
    },
  }
}
