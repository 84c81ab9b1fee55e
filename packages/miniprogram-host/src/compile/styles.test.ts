import { expect, it } from 'vitest'
import { writeProject } from '../../test/support/project.ts'
import { openProjectFiles } from './project-files.ts'
import { compileStyle } from './styles.ts'

const compile = (wxss: string, scope: string | null = null, more: Record<string, string> = {}) =>
  compileStyle(openProjectFiles(writeProject({ 'a.wxss': wxss, ...more })), 'a.wxss', scope)

it.each([
  [
    'rpx relative to the screen’s width',
    '.a{width:375rpx;margin:-.5rpx}',
    '.a{width:50vw;margin:-0.0666667vw}',
  ],
  ['vh relative to the page’s height', '.a{height:100vh}', '.a{height:calc(var(--page-vh) * 100)}'],
  ['comments away', '/* .b{} */.a{color:red}', '.a{color:red}'],
  ['strings unchanged', '.a::before{content:"view{.b"}', '.a::before{content:"view{.b"}'],
  [
    'rules inside @media',
    '@media (min-width:1px){view{a:b}}',
    '@media (min-width:1px){wx-view{a:b}}',
  ],
  ['keyframes unchanged', '@keyframes a{from{b:c}50%{d:e}}', '@keyframes a{from{b:c}50%{d:e}}'],
  [
    'font faces unchanged',
    '@font-face{font-family:t;src:url(a.b)}',
    '@font-face{font-family:t;src:url(a.b)}',
  ],
])('compiles %s', (_what, wxss, css) => {
  expect(compile(wxss)).toBe(css)
})

it('inlines imported files once, also when they import each other', () => {
  const css = compile('@import "./b.wxss";@import url("/sub/c");.a{d:e}', 'x', {
    'b.wxss': "@import './a.wxss';.b{f:g}",
    'sub/c.wxss': '.c{h:i}',
  })
  expect(css).toBe('.x--b{f:g}.x--c{h:i}.x--a{d:e}')
})

it('returns an empty string for an absent file', () => {
  expect(compileStyle(openProjectFiles(writeProject()), 'none.wxss', null)).toBe('')
})
