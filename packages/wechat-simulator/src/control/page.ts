import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'

// The same folder from src/control and from dist/control.
const FOLDER = new URL('../../page/', import.meta.url)

/** In the order of their imports. */
const MODULES = ['elements.js', 'rows.js', 'page.js']

/** Sends the control page, one document that loads nothing and runs only its own script. */
export const sendPage = async (reply: FastifyReply) => {
  const [html = '', style, data, ...modules] = await Promise.all(
    ['index.html', 'page.css', 'data.json', ...MODULES].map((name) =>
      readFile(new URL(name, FOLDER), 'utf8'),
    ),
  )
  const script = modules.map(asPart).join('\n')
  const policy = [
    "default-src 'none'",
    "connect-src 'self'",
    'img-src data:',
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]

  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy.join('; '))
    .header('cache-control', 'no-store')
    .send(
      html
        .replace('<!--style-->', () => `<style>${style}</style>`)
        .replace('<!--data-->', () => `<script type="application/json" id="data">${data}</script>`)
        .replace('<!--script-->', () => `<script type="module">${script}</script>`),
    )
}

/** Turns a module into a part of one script without imports. */
const asPart = (module: string) =>
  module.replaceAll(/^import [^']+'\.\/[^']+'$/gm, '').replaceAll(/^export /gm, '')

const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
