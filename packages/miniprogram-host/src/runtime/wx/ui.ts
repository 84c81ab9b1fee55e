import { record } from '../plain.ts'
import { createSelectorQuery } from '../selectors/selector-query.ts'
import type { Toast } from '../ui/host-ui.ts'
import { createAnimation } from './animation.ts'
import type { ApiOptions } from './api.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { inertObject } from './inert.ts'

const TOAST_DURATION = 1500
const BUTTON_TEXT_LIMIT = 4

/** Toast, loading, modal and action sheet; queries of the current page. */
export const uiApi: Area = (runtime, api) => ({
  ...toasts(runtime, api),
  showModal: api('showModal', (options) => showModal(runtime, options)),
  showActionSheet: api('showActionSheet', (options) => showActionSheet(runtime, options)),
  enableAlertBeforeUnload: api('enableAlertBeforeUnload', () => undefined),
  disableAlertBeforeUnload: api('disableAlertBeforeUnload', () => undefined),
  nextTick: (task: () => void) =>
    void runtime.viewUpdated().then(task).catch(runtime.errors.report),
  createSelectorQuery: () => createSelectorQuery(runtime, runtime.router.top()?.component ?? null),
  createIntersectionObserver: (component: unknown, options: unknown) => {
    const owner = component ?? runtime.router.top()?.instance
    const create = record(owner).createIntersectionObserver
    return typeof create === 'function'
      ? create.call(owner, options)
      : inertObject('createIntersectionObserver', runtime.errors.report)
  },
  createAnimation,
})

const toasts: Area = ({ ui, environment }, api) => {
  let timer = 0
  const show = (toast: Toast | null, loading: Toast | null): void => {
    Object.assign(ui, { toast, loading })
    ui.changed()
  }
  return {
    showToast: api('showToast', (options) => {
      show(toastOf(options, 'success'), null)
      environment.clearTimeout(timer)
      const duration = Number(options.duration ?? TOAST_DURATION)
      timer = environment.setTimeout(() => show(null, ui.loading), duration)
    }),
    hideToast: api('hideToast', () => show(null, ui.loading)),
    showLoading: api('showLoading', (options) => show(null, toastOf(options, 'loading'))),
    hideLoading: api('hideLoading', () => {
      if (!ui.loading) throw failure("toast can't be found")
      show(ui.toast, null)
    }),
  }
}

const MAX_ITEMS = 6

const showActionSheet = async ({ ui }: WxRuntime, options: ApiOptions) => {
  const { itemColor = '#000000', alertText } = options
  const itemList = Array.isArray(options.itemList) ? options.itemList.map(String) : []
  if (itemList.length === 0) {
    throw failure('parameter error: parameter.itemList should have at least 1 item')
  }
  if (itemList.length > MAX_ITEMS) {
    throw failure('parameter error: itemList should not be large than 6')
  }
  const content = { itemList, itemColor, alertText }
  const tapIndex = await ui.ask<number | false>('actionSheet', content)
  if (tapIndex === false || !(tapIndex in itemList)) throw failure('cancel')
  return { tapIndex }
}

const toastOf = (options: ApiOptions, icon: string): Toast => ({
  title: String(options.title ?? ''),
  icon: icon === 'loading' ? icon : String(options.icon ?? icon),
  image: String(options.image ?? ''),
  mask: options.mask === true,
})

const showModal = async ({ ui }: WxRuntime, options: ApiOptions) => {
  const { confirmText = '确定', cancelText = '取消' } = options
  for (const [name, text] of Object.entries({ confirmText, cancelText })) {
    if ([...String(text)].length > BUTTON_TEXT_LIMIT) {
      throw failure(`${name} length should not larger than 4 Chinese characters`)
    }
  }
  const answer = await ui.ask<{ confirm: boolean; content?: string }>('modal', {
    title: options.title ?? '',
    content: options.content ?? '',
    showCancel: options.showCancel !== false,
    confirmText,
    cancelText,
    confirmColor: options.confirmColor ?? '',
    cancelColor: options.cancelColor ?? '',
    editable: options.editable === true,
    placeholderText: options.placeholderText ?? '',
  })
  const content = options.editable === true && answer.confirm ? (answer.content ?? '') : null
  return { confirm: answer.confirm, cancel: !answer.confirm, content }
}
