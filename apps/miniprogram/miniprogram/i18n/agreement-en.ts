import type { Messages } from './zh-CN'

export const agreement: Messages['agreement'] = {
  title: 'User Agreement',
  version: 'Version {version}',
  owner: 'the owner of this mini-program, as WeChat shows under “More info”',
  administrator: 'the administrator of your company',
  partiesTitle: '1. This agreement',
  partiesText:
    'This agreement is between you and {operator} (“the operator”) and covers the Meeting OA mini-program. Please read all of it before you sign in. By ticking the box and signing in you accept it. If you do not accept it, you can go on looking at the public pages without signing in.',
  serviceTitle: '2. The service',
  serviceText:
    'The mini-program is for people who work in a company, for matters of its meetings: signing in with WeChat, a profile, the devices you are signed in on, and the meeting functions that your company has turned on. It is free of charge; your network provider may charge for data.',
  accountTitle: '3. Your account',
  accountText:
    'Your account belongs to your WeChat account. It is for you alone and may not be lent or passed on. If someone else uses it, sign their device out under “Signed-in devices” and tell your administrator. When you leave the company, the administrator can disable the account.',
  rulesTitle: '4. Rules of use',
  rulesText:
    'Please keep to the law and to the rules of your company: do not pose as somebody else, do not enter names or pictures that are unlawful or violate the rights of others, do not disturb the system, and do not reach for information that you are not permitted to see. WeChat checks names and pictures; what it refuses is not shown to others.',
  contentTitle: '5. Meetings and confidentiality',
  contentText:
    'Papers and minutes of meetings belong to your company or to other owners. Use them as your company’s rules of confidentiality demand, and do not disclose them without permission.',
  privacyTitle: '6. Personal information',
  privacyText:
    'The operator processes only the personal information that the service needs, as the privacy guidelines say. Under “My data” you can see and copy it; under “Edit profile” you can correct it.',
  endTitle: '7. Disabling and closing',
  endText:
    'If you violate this agreement or the rules of your company, the administrator can disable the account and tells you why. You can close it in “Settings” at any time: your profile is deleted, and sign-in records are kept for a time as the law demands.',
  liabilityTitle: '8. Interruptions',
  liabilityText:
    'The operator makes reasonable efforts to keep the service available, and restores it as soon as possible after maintenance, failures of the network or of WeChat, or events beyond anyone’s control. This does not limit the liability that the law demands.',
  changesTitle: '9. Changes',
  changesText:
    'When this agreement changes, you are asked to read and accept it again at your next sign-in.',
  contactTitle: '10. Disputes and contact',
  contactText:
    'The law of the People’s Republic of China applies. In a dispute, please talk to the operator first; if that fails, you can go to the people’s court that has jurisdiction. Contact: {contact}.',
}
