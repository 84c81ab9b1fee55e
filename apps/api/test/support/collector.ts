import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { PbfReader } from 'pbf'
import { PbfReader as Reader } from 'pbf'

export type ReceivedSpan = {
  traceId: string
  spanId: string
  /** Empty for the first span of a trace. */
  parentId: string
  name: string
  /** 2 is a server's, 3 a client's. */
  kind: number
  attributes: Record<string, string | number>
  events: number
  /** 2 is an error. */
  status: number
}

export type Collector = Awaited<ReturnType<typeof startCollector>>

/** Takes traces as a collector does (OTLP/HTTP with protobuf); `bytes` is all that it was sent. */
export const startCollector = async () => {
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(body)
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => bodies.flatMap(readSpans),
    bytes: () => Buffer.concat(bodies),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The numbers are those of fields in `opentelemetry/proto/trace/v1/trace.proto`. */
const readSpans = (body: Buffer): ReceivedSpan[] => {
  const spans: ReceivedSpan[] = []
  const scopeSpans = (tag: number, _: null, pbf: PbfReader) => {
    if (tag === 2) spans.push(pbf.readMessage(readSpan, newSpan()))
  }
  const resourceSpans = (tag: number, _: null, pbf: PbfReader) => {
    if (tag === 2) pbf.readMessage(scopeSpans, null)
  }
  const request = (tag: number, _: null, pbf: PbfReader) => {
    if (tag === 1) pbf.readMessage(resourceSpans, null)
  }
  new Reader(body).readFields(request, null)
  return spans
}

const newSpan = (): ReceivedSpan => ({
  traceId: '',
  spanId: '',
  parentId: '',
  name: '',
  kind: 0,
  attributes: {},
  events: 0,
  status: 0,
})

const hex = (pbf: PbfReader) => Buffer.from(pbf.readBytes()).toString('hex')

const readSpan = (tag: number, span: ReceivedSpan, pbf: PbfReader) => {
  switch (tag) {
    case 1:
      span.traceId = hex(pbf)
      return
    case 2:
      span.spanId = hex(pbf)
      return
    case 4:
      span.parentId = hex(pbf)
      return
    case 5:
      span.name = pbf.readString()
      return
    case 6:
      span.kind = pbf.readVarint()
      return
    case 9: {
      const { key, value } = pbf.readMessage(readAttribute, { key: '', value: '' })
      span.attributes[key] = value
      return
    }
    case 11:
      span.events += 1
      return
    case 15:
      span.status = pbf.readMessage(readStatus, { code: 0 }).code
  }
}

type Attribute = { key: string; value: string | number }

const readAttribute = (tag: number, attribute: Attribute, pbf: PbfReader) => {
  if (tag === 1) attribute.key = pbf.readString()
  if (tag === 2) pbf.readMessage(readValue, attribute)
}

const readValue = (tag: number, attribute: Attribute, pbf: PbfReader) => {
  if (tag === 1) attribute.value = pbf.readString()
  if (tag === 3) attribute.value = pbf.readVarint(true)
}

const readStatus = (tag: number, status: { code: number }, pbf: PbfReader) => {
  if (tag === 3) status.code = pbf.readVarint()
}
