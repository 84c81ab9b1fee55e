/** The text of a release: the section of the changelog for its tag. Throws when tag, version and changelog differ. */
export const releaseNotes = (tag: string, version: string, changelog: string): string => {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json says ${version}`)
  const sections = changelog.split(/^(?=## )/m)
  const section = sections.find((text) => text.startsWith(`## ${version} (`))
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`)
  const [head = '', ...lines] = section.split('\n')
  if (!/ \(\d{4}-\d{2}-\d{2}\)$/.test(head))
    throw new Error(`CHANGELOG.md needs the date of ${version}: ## ${version} (YYYY-MM-DD)`)
  return lines.join('\n').trim()
}
