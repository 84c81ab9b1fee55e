import type { Config } from '../../config/load-config.ts'
import { createFolderStore } from './folder-store.ts'
import type { PictureStore } from './picture-store.ts'
import { createS3Store } from './s3-store.ts'

/** The store of this configuration; its opener closes it. */
export const openPictureStore = (options: Config['pictures']): PictureStore =>
  'folder' in options ? createFolderStore(options.folder) : createS3Store(options)
