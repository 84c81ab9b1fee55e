import { randomUUID } from 'node:crypto'
import type { UploadParams } from '../host-services.ts'
import { imageType } from '../image-type.ts'

/** The body of wx.uploadFile, with the content type that names its boundary. */
export const multipartBody = ({
  name,
  fileName,
  content,
  formData,
}: Pick<UploadParams, 'name' | 'fileName' | 'content' | 'formData'>): {
  contentType: string
  body: Buffer
} => {
  const boundary = `----miniprogram-host-${randomUUID()}`
  const file = Buffer.from(content, 'base64')
  const type = imageType(file)?.mime ?? 'application/octet-stream'
  const parts = Object.entries(formData).map(([field, value]) =>
    Buffer.from(`--${boundary}\r\n${disposition(field)}\r\n\r\n${value}\r\n`),
  )
  const head = `${disposition(name)}; filename="${quoted(fileName)}"\r\ncontent-type: ${type}`
  const body = Buffer.concat([
    ...parts,
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return { contentType: `multipart/form-data; boundary=${boundary}`, body }
}

const disposition = (name: string): string =>
  `content-disposition: form-data; name="${quoted(name)}"`

// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
const quoted = (text: string): string => text.replace(/\r?\n|\r/g, '%0D%0A').replace(/"/g, '%22')
