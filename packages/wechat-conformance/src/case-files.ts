import { readdir, readFile } from 'node:fs/promises'

/** All cases in the JSON files of a folder, in a fixed order; each file holds a list of them. */
export const readCaseFiles = async (folder: URL): Promise<unknown[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const lists = await Promise.all(
    names.map(
      async (name): Promise<unknown> => JSON.parse(await readFile(new URL(name, folder), 'utf8')),
    ),
  )

  return lists.flat()
}
