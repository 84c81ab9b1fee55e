import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

/** A thread that listens and then blocks: it never accepts what the kernel queues for it. */
const LISTENER = `
const { createServer } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
const server = createServer().listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(workerData, 0, 0)
  process.exit()
})`

const MOST_QUEUED = 64
const SURELY_DROPPED_MS = 150

/** A port whose SYNs the kernel drops, its queue being full; rejects when it cannot be filled. */
export const openBlackHole = async (): Promise<{ port: number; close: () => Promise<void> }> => {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(LISTENER, { eval: true, workerData: gate })
  const queued: Socket[] = []
  const close = async () => {
    for (const socket of queued) socket.destroy()
    Atomics.store(gate, 0, 1)
    Atomics.notify(gate, 0)
    await worker.terminate()
  }
  const [port] = (await once(worker, 'message')) as [number]
  while (queued.length < MOST_QUEUED) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    queued.push(socket)
    const connected = once(socket, 'connect').then(() => true)
    // On loopback a handshake takes no time: one that takes this long was dropped.
    if (!(await Promise.race([connected, delay(SURELY_DROPPED_MS, false)]))) return { port, close }
  }
  await close()
  throw new Error(`after ${MOST_QUEUED} connections the kernel still takes more`)
}
