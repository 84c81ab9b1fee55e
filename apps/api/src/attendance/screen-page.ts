import { createHash } from 'node:crypto'
import { SCREEN_SCRIPT } from './screen-script.ts'
import { SCREEN_STYLE } from './screen-style.ts'

/** One page without dependencies; it takes its token from its own address. */
export const SCREEN_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>会议签到</title>
<style>${SCREEN_STYLE}</style>
</head>
<body>
<header><h1 id="title"></h1><time id="clock"></time></header>
<main>
<img id="code" alt="" hidden>
<p id="message" role="status"></p>
<div id="counts" hidden><span id="present" class="present"></span><span id="of" class="soft"></span><span id="late" class="soft"></span></div>
</main>
<footer id="foot"><img id="app" alt="" hidden><span id="hint" class="soft"></span></footer>
<script>${SCREEN_SCRIPT}</script>
</body>
</html>
`

const digestOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing runs but that script, and nothing is asked but this server. */
export const SCREEN_CSP = [
  "default-src 'none'",
  `script-src ${digestOf(SCREEN_SCRIPT)}`,
  `style-src ${digestOf(SCREEN_STYLE)}`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
