import { record } from '../plain.ts'
import type { WxRuntime } from './area.ts'

/** What WeChat's sheet asks for, by scope. */
const TITLES: Record<string, string> = {
  'scope.userInfo': '获取你的昵称、头像、地区及性别',
  'scope.userLocation': '获取你的位置信息',
  'scope.userFuzzyLocation': '获取你的模糊位置信息',
  'scope.userLocationBackground': '在后台获取你的位置信息',
  'scope.werun': '获取你的微信运动步数',
  'scope.record': '使用你的麦克风',
  'scope.camera': '使用你的摄像头',
  'scope.bluetooth': '使用你的蓝牙',
  'scope.writePhotosAlbum': '保存图片或视频到你的相册',
  'scope.addPhoneContact': '添加到你的联系人',
  'scope.addPhoneCalendar': '添加到你的日历',
}

/** Whether the user allows a scope; it is asked once, with the app's own words below. */
export const askForScope = async (
  { system, ui, bundle }: Pick<WxRuntime, 'system' | 'ui' | 'bundle'>,
  scope: string,
): Promise<boolean> => {
  const { desc = '' } = record(record(bundle.app.raw.permission)[scope])
  system.authSetting[scope] ??= await ui.ask<boolean>('authorize', {
    title: TITLES[scope] ?? scope,
    scope,
    desc,
  })
  return system.authSetting[scope]
}
