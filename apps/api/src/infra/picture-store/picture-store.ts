/** Keeps files by name: `[0-9a-f-]+\.webp`, made by this server. */
export type PictureStore = {
  put(name: string, content: Buffer): Promise<void>
  /** Null when there is no such file. */
  get(name: string): Promise<Buffer | null>
  /** Also when there is no such file. */
  remove(name: string): Promise<void>
  close(): Promise<void>
}
