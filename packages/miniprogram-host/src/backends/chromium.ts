import type { Backend, BackendOptions } from './backend.ts'

export const createChromiumBackend = async (_options: BackendOptions): Promise<Backend> => {
  throw new Error('not yet')
}
