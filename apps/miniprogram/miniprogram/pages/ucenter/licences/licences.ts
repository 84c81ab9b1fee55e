import { LICENCES, MIT } from '../../../config/licences'
import { messages } from '../../../i18n/index'
import { appearance } from '../../../ui/appearance'

const { licences } = messages

Page({
  data: { t: licences, rootStyle: '', software: LICENCES, mit: MIT },

  onShow() {
    this.setData(appearance(licences, licences.title))
  },
})
