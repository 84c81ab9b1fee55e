/** Tags that templates can use without naming a component; a test compares them with the runtime. */
export const BUILTIN_TAGS = new Set(
  (
    'view cover-view root-portal page-container match-media movable-area movable-view scroll-view ' +
    'swiper swiper-item text icon progress rich-text image cover-image navigator picker picker-view ' +
    'picker-view-column canvas video web-view map camera open-data official-account page-meta ' +
    'navigation-bar keyboard-accessory ad input textarea checkbox checkbox-group radio radio-group ' +
    'switch slider button form label audio editor live-player live-pusher voip-room channel-live ' +
    'channel-video ad-custom functional-page-navigator share-element open-container sticky-header ' +
    'sticky-section list-view grid-view nested-scroll-header nested-scroll-body draggable-sheet ' +
    'snapshot span'
  ).split(' '),
)

/** Tags of the template language itself. */
export const TEMPLATE_TAGS = new Set('block template import include slot wxs'.split(' '))
