import { createRequire } from 'node:module'
import type * as Sdk from '@aws-sdk/client-s3'
import type { PictureStore } from './picture-store.ts'

export type S3Options = {
  bucket: string
  region: string
  /** Of another service than AWS. */
  endpoint: string | null
}

const TIMEOUT_MS = 3_000
/** The SDK is loaded when it is needed: it is larger than the rest of the server. */
const load = createRequire(import.meta.url)

/**
 * Keeps pictures in a bucket of S3 or of a service that speaks its protocol; the SDK finds the
 * credentials (AWS_ACCESS_KEY_ID, instance roles …). Each call takes 3 s at most.
 */
export const createS3Store = ({ bucket, region, endpoint }: S3Options): PictureStore => {
  const sdk = load('@aws-sdk/client-s3') as typeof Sdk
  const client = new sdk.S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
  })
  const key = (name: string) => ({ Bucket: bucket, Key: `pictures/${name}` })
  const limit = () => ({ abortSignal: AbortSignal.timeout(TIMEOUT_MS) })

  return {
    async put(name, content) {
      const object = { ...key(name), Body: content, ContentType: 'image/webp' }
      await client.send(new sdk.PutObjectCommand(object), limit())
    },
    async get(name) {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand(key(name)), limit())
        return Body === undefined ? null : Buffer.from(await Body.transformToByteArray())
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return null
        throw error
      }
    },
    async remove(name) {
      await client.send(new sdk.DeleteObjectCommand(key(name)), limit())
    },
    async close() {
      client.destroy()
    },
  }
}
