/** The texts of the page that names the open-source licences. */
export const licences = {
  title: '开源许可',
  lead: '本小程序包含以下开源软件，许可证全文附后。',
}
