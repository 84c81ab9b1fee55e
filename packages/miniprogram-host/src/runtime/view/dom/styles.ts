/**
 * Styles of the screen, of WeChat's bars and sheets, and of the built-in components. The app's
 * styles share the document, so the host's own class names have the prefix `mph-`.
 */
export const SCREEN_STYLES = `
:root{--mph-top:88px;--mph-bottom:0px;--page-vh:calc((100vh - var(--mph-top) - var(--mph-bottom)) / 100);--mph-sheet:#fff;--mph-sheet-text:#191919;--mph-sheet-soft:#7f7f7f;--mph-sheet-line:#e5e5e5;color-scheme:light}
:root[data-theme=dark]{--mph-sheet:#2c2c2c;--mph-sheet-text:#ffffffcc;--mph-sheet-soft:#ffffff80;--mph-sheet-line:#ffffff1a;color-scheme:dark}
html{font-size:5vw;-webkit-text-size-adjust:100%}
body{margin:0;height:100vh;overflow:hidden;position:relative;font:16px/1.4 -apple-system,"PingFang SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif;-webkit-tap-highlight-color:transparent;user-select:none}
body.mph-has-tabs{--mph-bottom:82px}
body[data-navigation=custom]{--mph-top:0px}
[hidden]{display:none!important}
.mph-navigation-bar{position:absolute;inset:0 0 auto;height:88px;z-index:5}
body[data-navigation=custom] .mph-navigation-bar{background:none!important;pointer-events:none}
body[data-navigation=custom] .mph-title{display:none}
.mph-status-bar{display:flex;justify-content:space-between;padding:14px 24px 0;height:30px;box-sizing:content-box;font:600 14px/20px system-ui}
.mph-title-row{position:absolute;inset:44px 0 0;display:flex;align-items:center;justify-content:center}
.mph-title{margin:0;font-size:17px;font-weight:500;display:flex;gap:8px;align-items:center;max-width:170px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.mph-back{position:absolute;left:0;top:0;width:56px;height:44px;border:0;background:none;color:inherit;font:34px/40px system-ui;cursor:pointer;pointer-events:auto}
.mph-capsule{position:absolute;right:7px;top:6px;width:85px;height:30px;border-radius:16px;border:1px solid color-mix(in srgb,currentColor 15%,transparent);background:color-mix(in srgb,#fff 40%,transparent);display:flex;align-items:center;justify-content:space-around;font:700 12px/1 system-ui}
:root[data-theme=dark] .mph-capsule{background:#0003}
.mph-capsule i{font-style:normal}.mph-ring{width:13px;height:13px;border-radius:50%;border:2.5px solid currentColor;box-shadow:inset 0 0 0 3px transparent,inset 0 0 0 8px currentColor}
.mph-pages{position:absolute;inset:var(--mph-top) 0 var(--mph-bottom)}
.mph-page-frame{position:absolute;inset:0;transform:translateZ(0);overflow:hidden}
.mph-page-scroll{position:absolute;inset:0;overflow:hidden auto;overscroll-behavior:contain;scrollbar-width:none;background:#fff}
:root[data-theme=dark] .mph-page-scroll{background:#191919}
.mph-custom-tab-bar{position:absolute;inset:auto 0 0;z-index:8}
.mph-faults{position:absolute;inset:auto 8px 8px;z-index:9;max-height:60%;overflow:auto;border-radius:8px;background:#2a1210f2;color:#ffd9d4;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
.mph-faults summary{padding:8px 12px;cursor:pointer}.mph-faults pre{margin:0;padding:0 12px 12px;white-space:pre-wrap;word-break:break-word;font:inherit;user-select:text}
.mph-tab-bar{position:absolute;inset:auto 0 0;height:82px;z-index:5}
.mph-tabs{height:100%;display:flex;box-sizing:border-box;padding-bottom:32px;border-top:1px solid #0000001a}
.mph-tabs[data-border=white]{border-color:#ffffff1a}
.mph-tab{flex:1;border:0;background:none;font:10px/14px inherit;font-family:inherit;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:2px;position:relative;cursor:pointer;font-size:10px}
.mph-tab img{width:26px;height:26px}
.mph-badge,.mph-red-dot{position:absolute;top:3px;left:calc(50% + 8px);background:#fa5151;color:#fff;border-radius:9px;font:500 11px/18px system-ui;padding:0 5px;min-width:8px}
.mph-red-dot{width:10px;height:10px;min-width:0;padding:0}
.mph-overlay{position:absolute;inset:0;z-index:20;pointer-events:none}
.mph-overlay>*{pointer-events:auto}
.mph-toast{position:absolute;inset:0;display:grid;place-items:center;pointer-events:none!important}
.mph-toast.mph-masked{pointer-events:auto!important}
.mph-toast p{margin:0;white-space:pre-wrap;word-break:break-word;text-align:center}
.mph-toast-box{width:136px;min-height:136px;box-sizing:border-box;padding:20px 12px;border-radius:12px;background:#4c4c4c;color:#ffffffe6;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:14px;font-size:17px}
.mph-toast-box b{font:400 44px/44px system-ui}.mph-toast-box .mph-spinner{width:36px;height:36px}
.mph-toast-plain{max-width:240px;padding:12px 16px;border-radius:8px;background:#4c4c4c;color:#ffffffe6;font-size:15px}
.mph-spinner{display:inline-block;width:16px;height:16px;border-radius:50%;border:2px solid currentColor;border-right-color:transparent;animation:mph-spin 1s linear infinite;box-sizing:border-box}
@keyframes mph-spin{to{transform:rotate(360deg)}}
.mph-dialog-mask{position:absolute;inset:0;background:#0009;display:grid;place-items:center;color:var(--mph-sheet-text)}
.mph-dialog-mask.mph-bottom{place-items:end stretch}
.mph-modal{width:320px;max-width:85vw;border-radius:12px;background:var(--mph-sheet);text-align:center;overflow:hidden}
.mph-modal h2{margin:32px 24px 0;font-size:17px;font-weight:700}
.mph-modal p{margin:16px 24px 32px;font-size:17px;color:var(--mph-sheet-soft);white-space:pre-wrap;word-break:break-word}
.mph-modal h2+p{margin-top:12px}.mph-modal-input{display:block;width:calc(100% - 48px);box-sizing:border-box;margin:16px 24px 28px;padding:10px;border:0;border-radius:6px;background:#8881;font:inherit;color:inherit}
.mph-modal footer{display:flex;border-top:1px solid var(--mph-sheet-line)}
.mph-modal footer button{flex:1;height:56px;border:0;background:none;font:700 17px/24px inherit;font-family:inherit;font-size:17px;color:#576b95;cursor:pointer}
.mph-modal footer .mph-cancel{color:var(--mph-sheet-text);border-right:1px solid var(--mph-sheet-line)}
.mph-sheet{background:var(--mph-sheet);border-radius:12px 12px 0 0;padding-bottom:34px;overflow:hidden}
.mph-action-sheet button{display:block;width:100%;height:56px;border:0;border-bottom:1px solid var(--mph-sheet-line);background:none;color:inherit;font:17px/24px inherit;font-family:inherit;font-size:17px;cursor:pointer}
.mph-action-sheet .mph-cancel{border-top:8px solid #8882;height:64px;border-bottom:0}
.mph-hint{margin:0;padding:18px;text-align:center;font-size:13px;color:var(--mph-sheet-soft);border-bottom:1px solid var(--mph-sheet-line)}
.mph-permission{padding:24px 24px 58px}
.mph-permission header{display:flex;align-items:center;gap:8px;font-size:15px}
.mph-applicant{display:flex;align-items:center;gap:8px;font-size:15px;color:var(--mph-sheet-soft)}.mph-applicant header{color:var(--mph-sheet-text)}
.mph-app-mark{width:24px;height:24px;border-radius:50%;background:#07c160;color:#fff;font:600 13px/24px system-ui;text-align:center}
.mph-permission h2{margin:24px 0 8px;font-size:18px;font-weight:600}.mph-permission p{margin:0 0 36px;color:var(--mph-sheet-soft);font-size:14px}
.mph-permission footer{display:flex;gap:16px;justify-content:center}
.mph-permission footer button{width:120px;height:40px;border:0;border-radius:8px;font:600 16px/24px inherit;font-family:inherit;font-size:16px;background:#8882;color:#07c160;cursor:pointer}
.mph-permission .mph-confirm{background:#07c160;color:#fff}
.mph-other-number{display:block;margin:-20px 0 28px;padding:8px 0;border:0;background:none;color:#576b95;font:inherit;font-size:14px;cursor:pointer}
.mph-phone-field{display:block;width:100%;box-sizing:border-box;margin:-20px 0 28px;padding:10px;border:0;border-radius:6px;background:#8881;font:inherit;font-size:17px;color:inherit}
:root[data-theme=dark] .mph-other-number{color:#8fa3bf}
[hidden].mph-other-number,[hidden].mph-phone-field{display:none}
.mph-choice{display:flex;align-items:center;gap:10px;min-height:44px;font-size:16px;cursor:pointer}.mph-tick{flex:none;width:20px;height:20px;margin:0;accent-color:#07c160}
.mph-always{color:var(--mph-sheet-soft);font-size:14px}.mph-choice+footer{margin-top:24px}
.mph-picker header{display:flex;justify-content:space-between;padding:8px}
.mph-picker header button{border:0;background:none;height:40px;padding:0 12px;font:inherit;color:var(--mph-sheet-soft);cursor:pointer}.mph-picker header .mph-confirm{color:#07c160}
.mph-picker select,.mph-picker input{display:block;width:calc(100% - 32px);margin:8px 16px;font:inherit;padding:8px;border:0;background:#8881;color:inherit;border-radius:8px}.mph-columns{display:flex}
.mph-nickname-bar{position:absolute;inset:auto 0 0;height:64px;border:0;border-top:1px solid var(--mph-sheet-line);background:var(--mph-sheet);color:var(--mph-sheet-text);display:flex;flex-direction:column;align-items:center;justify-content:center;font:17px/1.2 inherit;font-family:inherit;cursor:pointer}
.mph-nickname-bar small{color:var(--mph-sheet-soft);font-size:12px}
`

export const COMPONENT_STYLES = `
wx-page{display:block;min-height:100%;overflow-wrap:break-word;color:#000;font-size:16px}
:where(:root[data-theme=dark]) wx-page{color:#ffffffcc}
wx-view,wx-form,wx-scroll-view,wx-swiper,wx-swiper-item,wx-movable-area,wx-cover-view,wx-rich-text,wx-picker-view,wx-web-view,wx-map,wx-camera,wx-video,wx-canvas,wx-root-portal,wx-checkbox-group,wx-radio-group,wx-page-container,wx-share-element,wx-open-container,wx-sticky-header,wx-sticky-section,wx-list-view,wx-grid-view,wx-nested-scroll-header,wx-nested-scroll-body,wx-draggable-sheet,wx-snapshot,wx-audio,wx-editor,wx-live-player,wx-live-pusher{display:block}
wx-text{display:inline;white-space:pre-line}wx-text[userselect=true]{user-select:text}
wx-navigator,wx-picker,wx-ad,wx-official-account{display:block}wx-label{cursor:pointer}
wx-image{display:inline-block;width:320px;height:240px;overflow:hidden;position:relative;vertical-align:middle}
wx-image img{position:absolute;inset:0;width:100%;height:100%}wx-image img:not([src]){display:none}
wx-image[mode=widthFix]{height:auto}wx-image[mode=widthFix] img,wx-image[mode=heightFix] img{position:static}wx-image[mode=widthFix] img{height:auto;display:block}wx-image[mode=heightFix]{width:auto}wx-image[mode=heightFix] img{width:auto}
wx-button{position:relative;display:block;box-sizing:border-box;margin:0 auto;padding:8px 24px;border-radius:8px;width:184px;text-align:center;font-size:17px;font-weight:700;line-height:1.41176471;background:#f2f2f2;color:#06ae56;overflow:hidden;cursor:pointer}
:where(:root[data-theme=dark]) wx-button{background:#ffffff14}
wx-button[type=primary]{background:#07c160;color:#fff}wx-button[type=warn]{color:#fa5151}
wx-button[plain=true]{background:none;border:1px solid #353535;color:#353535}wx-button[plain=true][type=primary]{border-color:#07c160;color:#07c160}
wx-button[size=mini]{display:inline-block;width:auto;padding:0 12px;line-height:2;font-size:16px;border-radius:6px}
wx-button::after{content:"";position:absolute;inset:0 auto auto 0;width:200%;height:200%;box-sizing:border-box;border:0 solid #0003;border-radius:16px;transform:scale(.5);transform-origin:0 0;pointer-events:none}
wx-button[disabled=true]{opacity:.4;cursor:default}
wx-button[loading=true]::before{content:"";display:inline-block;width:16px;height:16px;margin-right:6px;vertical-align:-3px;border-radius:50%;border:2px solid currentColor;border-right-color:transparent;box-sizing:border-box;animation:mph-spin 1s linear infinite}
.button-hover{filter:brightness(.93)}.navigator-hover{background:#0000001a}
wx-input,wx-textarea{display:block;position:relative;overflow:hidden;height:1.4em;min-height:1.4em;line-height:1.4em;cursor:text;user-select:text}
wx-input input,wx-textarea textarea{all:unset;display:block;box-sizing:border-box;width:100%;height:100%;font:inherit;color:inherit;text-align:inherit;line-height:inherit;position:relative}
wx-textarea{width:300px;height:150px}wx-textarea textarea{white-space:pre-wrap;overflow:auto}
.mph-field-placeholder{position:absolute;inset:0;display:grid;align-items:center;color:#8c8c8c;pointer-events:none;white-space:nowrap}
wx-textarea .mph-field-placeholder{align-items:start}
wx-checkbox,wx-radio{display:inline-flex;align-items:center;vertical-align:middle;min-height:22px;cursor:pointer}
.mph-checkbox-mark,.mph-radio-mark{display:inline-grid;place-items:center;width:22px;height:22px;margin-right:5px;box-sizing:border-box;border:1px solid #d1d1d1;border-radius:3px;background:#fff;color:var(--choice);font:700 15px/1 system-ui}
.mph-radio-mark{border-radius:50%;color:#fff}
wx-checkbox[checked=true] .mph-checkbox-mark::before,wx-radio[checked=true] .mph-radio-mark::before{content:"✓"}
wx-radio[checked=true] .mph-radio-mark{background:var(--choice);border-color:var(--choice)}
wx-checkbox[disabled=true],wx-radio[disabled=true],wx-switch[disabled=true]{opacity:.5}
wx-switch{display:inline-block;cursor:pointer;vertical-align:middle}
.mph-switch-mark{display:block;width:52px;height:32px;border-radius:16px;background:#dfdfdf;position:relative;transition:background .1s}
.mph-switch-mark::after{content:"";position:absolute;width:28px;height:28px;left:2px;top:2px;border-radius:50%;background:#fff;box-shadow:0 1px 3px #0006;transition:left .2s}
wx-switch[checked=true] .mph-switch-mark{background:var(--choice)}wx-switch[checked=true] .mph-switch-mark::after{left:22px}
wx-slider{display:flex;align-items:center;gap:8px;margin:10px 18px}wx-slider input{flex:1;appearance:none;margin:14px 0;height:2px;border-radius:1px;background:linear-gradient(var(--active),var(--active)) 0/var(--percent) 100% no-repeat var(--rest)}
wx-slider input::-webkit-slider-thumb{appearance:none;width:var(--block);height:var(--block);border-radius:50%;background:var(--block-color);box-shadow:0 0 4px #0004}
wx-slider input::-moz-range-thumb{width:var(--block);height:var(--block);border:0;border-radius:50%;background:var(--block-color);box-shadow:0 0 4px #0004}
wx-progress{display:flex;align-items:center;gap:12px}wx-progress i{flex:1;border-radius:3px;background:linear-gradient(var(--progress),var(--progress)) 0/var(--percent) 100% no-repeat #ebebeb}
wx-icon{display:inline-grid;place-items:center;width:var(--icon-size);height:var(--icon-size);border-radius:50%;background:var(--icon-color);color:#fff;font:700 calc(var(--icon-size)*.65)/1 system-ui}wx-icon:empty{display:none}
wx-scroll-view{width:100%;overflow:hidden}wx-scroll-view[scrollx=true]{overflow-x:auto;scrollbar-width:none}wx-scroll-view[scrolly=true]{overflow-y:auto;scrollbar-width:none}
wx-scroll-view[scrollx=true][enableflex=true]{display:flex}
wx-swiper{display:flex;height:150px;overflow:auto hidden;scroll-snap-type:x mandatory;scrollbar-width:none;position:relative}
wx-swiper[vertical=true]{flex-direction:column;overflow:hidden auto;scroll-snap-type:y mandatory}
wx-swiper-item{flex:0 0 100%;width:100%;height:100%;overflow:hidden;scroll-snap-align:start;scroll-snap-stop:always}

.mph-swiper-dots{position:sticky;left:0;top:0;flex:none;width:0;height:0;z-index:1}.mph-swiper-dots div{position:absolute;display:flex;gap:8px;justify-content:center}.mph-swiper-dots i{width:8px;height:8px;border-radius:50%}
wx-movable-area{position:relative;width:10px;height:10px}wx-movable-view{display:inline-block;position:absolute;left:0;top:0;width:10px;height:10px}
wx-video video,wx-canvas canvas{width:100%;height:100%}wx-video{width:300px;height:225px;background:#000}wx-canvas{width:300px;height:150px}
.mph-not-drawn{padding:24px;color:#888;font-size:13px;text-align:center;background:#8881}
wx-root-portal{position:fixed;inset:0;z-index:10;pointer-events:none}wx-root-portal>*{pointer-events:auto}
`
