import { serveAdapter } from '../../src/resilience/index.ts'
import { naive } from './naive-client.ts'

serveAdapter(naive)
