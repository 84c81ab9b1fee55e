/** Styles of the page around the phone. */
export const SHELL_STYLES = `
:root{--ground:#eef1f4;--surface:#fff;--text:#1b1f24;--soft:#66707c;--line:#dde2e8;--accent:#07a35a;--danger:#c8372d;--notice:#b7791f;color-scheme:light dark;font:14px/1.5 -apple-system,"Segoe UI","PingFang SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--surface:#1d2127;--text:#e8ebef;--soft:#97a1ad;--line:#2d333b;--accent:#3ccb86;--danger:#ff7b72;--notice:#e3b341}}
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;height:100vh;display:grid;grid-template:auto minmax(0,1fr)/minmax(430px,1fr) minmax(320px,520px);background:var(--ground);color:var(--text)}
.toolbar{grid-column:1/-1;display:flex;flex-wrap:wrap;align-items:center;gap:8px 20px;padding:10px 20px;background:var(--surface);border-bottom:1px solid var(--line)}
.identity{display:flex;align-items:center;gap:10px;margin-right:auto}
.project{font-size:16px}.appid,.page{color:var(--soft);font-size:12px}.page{overflow-wrap:anywhere}
.status{width:8px;height:8px;border-radius:50%;background:var(--accent)}.status.lost{background:var(--danger)}
.field{display:flex;align-items:center;gap:8px;color:var(--soft)}
button,select,input{font:inherit;color:var(--text);background:var(--surface);border:1px solid var(--line);border-radius:8px;height:32px;padding:0 12px}
select{padding-right:4px}button{cursor:pointer}button:hover,select:hover{border-color:var(--soft)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.restart{background:var(--accent);border-color:var(--accent);color:#fff;font-weight:600}
@media (prefers-color-scheme:dark){.restart{color:#08321d}}
.stage{display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr);place-items:center;overflow:hidden;min-height:0}
.phone{padding:12px;border-radius:56px;background:#0d0f12;box-shadow:0 0 0 2px #3a3f46,0 24px 60px #0005;transform-origin:center}
.glass{position:relative;width:375px;height:812px;border-radius:44px;overflow:hidden;clip-path:inset(0 round 44px);background:#0d0f12}
.screen{display:block;width:375px;height:812px;border:0}
.fault{position:absolute;inset:0;margin:0;padding:72px 24px 24px;background:#2a1210f2;color:#ffd9d4;font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,monospace;white-space:pre-wrap;word-break:break-word;overflow:auto}
.fault::before{content:"编译失败";display:block;margin-bottom:12px;font:600 18px/1.4 system-ui;color:#ff8a7f}
.fault[data-kind=start]{inset:auto 0 0;max-height:50%;padding:20px 24px 28px}.fault[data-kind=start]::before{content:"启动时出错"}
.panels{display:flex;flex-direction:column;min-height:0;background:var(--surface);border-left:1px solid var(--line)}
.tabs{display:flex;gap:4px;padding:8px 12px 0;border-bottom:1px solid var(--line)}
.tabs button{border:0;border-radius:8px 8px 0 0;background:none;color:var(--soft);height:36px}
.tabs button[aria-selected=true]{color:var(--text);font-weight:600;box-shadow:inset 0 -2px var(--accent)}
.panel{display:flex;flex-direction:column;flex:1;min-height:0}
.panel-bar{display:flex;align-items:center;gap:8px;padding:8px 12px}.panel-bar>:first-child{flex:1;min-width:0}.size{color:var(--soft)}
.empty{margin:24px;color:var(--soft);text-align:center}
.log,.storage{margin:0;padding:0;list-style:none;overflow:auto;flex:1;font:12px/1.6 ui-monospace,SFMono-Regular,Menlo,monospace}
.log li{display:flex;gap:8px;padding:4px 12px;border-top:1px solid var(--line)}
.log i{font-style:normal;color:var(--soft);width:1em;text-align:center;flex:none}.log time{color:var(--soft);flex:none}
.log details{flex:1;min-width:0}.log summary{cursor:pointer;word-break:break-word}.log details pre{padding:4px 0 4px 12px;color:var(--soft)}
.log pre,.storage pre{margin:0;flex:1;min-width:0;white-space:pre-wrap;word-break:break-word;font:inherit}
.log .error{color:var(--danger)}.log .warn{color:var(--notice)}.log .network.info pre{color:var(--soft)}
.storage dt{display:flex;justify-content:space-between;align-items:center;padding:8px 12px 0;font-weight:600;border-top:1px solid var(--line)}
.storage dd{margin:0;padding:2px 12px 8px;color:var(--soft)}.storage button{height:24px;padding:0 8px;font-size:12px}
@media (max-width:820px){body{grid-template:auto minmax(560px,1fr) 320px/1fr;height:auto;min-height:100vh}.panels{border-left:0;border-top:1px solid var(--line)}}
`
