import { failure } from './api.ts'
import type { Area } from './area.ts'

/** The privacy agreement: state, consent and display. */
export const privacyApi: Area = ({ privacy, ui }, api) => ({
  getPrivacySetting: api('getPrivacySetting', () => ({
    needAuthorization: privacy.isMissing,
    privacyContractName: privacy.contractName,
  })),
  requirePrivacyAuthorize: api('requirePrivacyAuthorize', async () => {
    const refused = await privacy.refusal('requirePrivacyAuthorize')
    if (refused)
      throw failure(refused.errMsg.replace('requirePrivacyAuthorize:fail ', ''), refused.errno)
  }),
  openPrivacyContract: api('openPrivacyContract', () => {
    void ui.ask('modal', {
      title: privacy.contractName,
      content: '',
      showCancel: false,
      confirmText: '确定',
    })
  }),
})
