import { serveAdapter } from '../../src/survival/index.ts'
import { naive } from './naive-client.ts'

serveAdapter(naive)
