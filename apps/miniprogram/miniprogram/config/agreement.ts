/**
 * The user agreement: its texts are in i18n/agreement-*.ts. Set the operator and a way to reach them
 * before a release. While they are empty, it names whom WeChat shows as the owner of the
 * mini-program (更多资料), and the administrator of the user's company.
 */
export const agreement = {
  /** Another version asks every user again at their next sign-in: change it with what the text means. */
  version: '2026-11-30',
  operator: '',
  contact: '',
}
