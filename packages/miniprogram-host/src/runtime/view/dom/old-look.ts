/**
 * The look of components in an app without `"style": "v2"`. `:where` keeps the weight of the rules
 * that they replace, so that the app's own styles win as before.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#style
 */
export const OLD_LOOK = `
:where(:root[data-look=v1]) wx-button{width:auto;margin-left:auto;margin-right:auto;padding:0 14px;border-radius:5px;font-size:18px;font-weight:400;line-height:2.55555556;background:#f8f8f8;color:#000}
:where(:root[data-look=v1]) wx-button::after{border:1px solid #0003;border-radius:10px}
:where(:root[data-look=v1]) wx-button[type=primary]{background:#1aad19;color:#fff}
:where(:root[data-look=v1]) wx-button[type=warn]{background:#e64340;color:#fff}
:where(:root[data-look=v1]) wx-button[plain=true]{background:transparent;border:1px solid #353535;color:#353535}
:where(:root[data-look=v1]) wx-button[plain=true]::after{border-width:0}
:where(:root[data-look=v1]) wx-button[plain=true][type=primary]{border-color:#1aad19;color:#1aad19}
:where(:root[data-look=v1]) wx-button[plain=true][type=warn]{border-color:#e64340;color:#e64340}
:where(:root[data-look=v1]) wx-button[size=mini]{display:inline-block;padding:0 1.34em;line-height:2.3;font-size:13px;border-radius:5px}
:where(:root[data-look=v1]) wx-button[disabled=true]{opacity:1;color:#0000004d;background:#f7f7f7}
:where(:root[data-look=v1]) wx-button[disabled=true][type=primary]{background:#9ed99d;color:#fff9}
:where(:root[data-look=v1]) wx-button[disabled=true][type=warn]{background:#ec8b89;color:#fff9}
:where(:root[data-look=v1]) .mph-switch-mark{border:1px solid #dfdfdf;box-sizing:border-box;background:#dfdfdf}
`
