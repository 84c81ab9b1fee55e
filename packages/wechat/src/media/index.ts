export type { MediaFile, TemporaryMedia } from './temporary-media.ts'
export { createTemporaryMedia } from './temporary-media.ts'
