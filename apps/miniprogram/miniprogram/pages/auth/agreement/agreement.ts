import { agreement as settings } from '../../../config/agreement'
import { fillIn, messages } from '../../../i18n/index'
import { appearance } from '../../../ui/appearance'

const { agreement } = messages

Page({
  data: {
    rootStyle: '',
    version: '',
    parts: [] as { title: string; text: string }[],
  },

  onShow() {
    const { rootStyle } = appearance(agreement, agreement.title)
    const version = fillIn(agreement.version, { version: settings.version })
    this.setData({ rootStyle, version, parts: parts() })
  },
})

const parts = () => {
  const operator = settings.operator || agreement.owner
  const contact = settings.contact || agreement.administrator

  return [
    { title: agreement.partiesTitle, text: fillIn(agreement.partiesText, { operator }) },
    { title: agreement.serviceTitle, text: agreement.serviceText },
    { title: agreement.accountTitle, text: agreement.accountText },
    { title: agreement.rulesTitle, text: agreement.rulesText },
    { title: agreement.contentTitle, text: agreement.contentText },
    { title: agreement.privacyTitle, text: agreement.privacyText },
    { title: agreement.endTitle, text: agreement.endText },
    { title: agreement.liabilityTitle, text: agreement.liabilityText },
    { title: agreement.changesTitle, text: agreement.changesText },
    { title: agreement.contactTitle, text: fillIn(agreement.contactText, { contact }) },
  ]
}
