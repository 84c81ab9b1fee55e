/** Characters that every phone has, for the icons that TDesign's parts show by themselves. */
const GLYPHS = {
  check: '✓',
  'chevron-down': '⌄',
  'chevron-left': '‹',
  'chevron-right': '›',
  close: '✕',
}

Component({
  externalClasses: ['t-class'],
  properties: { name: String, size: String, color: String, prefix: String },
  data: { glyph: '', style: '' },

  observers: {
    'name, size, color'(name, size, color) {
      const rules = [size && `font-size: ${size}`, color && `color: ${color}`].filter(Boolean)
      this.setData({ glyph: GLYPHS[name] || '', style: rules.join('; ') })
    },
  },
})
