import { serveAdapter } from '../src/resilience/serve-adapter.ts'
import { PEERS } from './peers.ts'

const [name = ''] = process.argv.slice(2)
const load = PEERS[name]
if (!load) throw new Error(`no such client: ${name}`)

serveAdapter(await load())
