import { expect, it } from 'vitest'
import { findFieldProblem } from './subscribe-field.ts'

// The table of the page that subscribe-field.ts names, with its examples.
it.each([
  ['thing1', '广州至北京'],
  ['thing1', '字'.repeat(20)],
  ['number01', '339208499'],
  ['number1', '-1.25'],
  ['letter1', 'abcXYZ'],
  ['symbol1', '！@#'],
  ['character_string1', 'NO-2026/11 (a)'],
  ['time1', '15:01'],
  ['time1', '15:01:59'],
  ['time1', '2019年10月1日 15:01'],
  ['time1', '2019-10-01 15:01~2019-10-01 16:00'],
  ['date1', '2019年10月1日'],
  ['date1', '2019年10月1日 15:01'],
  ['date1', '2018-01-01'],
  ['date1', '2018/01/01'],
  ['date1', '2018.01.01'],
  ['date1', '2018-01'],
  ['date1', '01-01'],
  ['date1', '10月1日~10月7日'],
  ['amount1', '￥100'],
  ['amount1', '¥214.00'],
  ['amount1', '100元'],
  ['phone_number1', '+86-0766-66888866'],
  ['car_number1', '粤A8Z888挂'],
  ['name1', '张三'],
  ['name1', 'Alice M. Smith'],
  ['phrase1', '配送中'],
  ['enum1', 'anything'],
  ['unknown1', 'anything'],
])('%s may be %s', (field, value) => {
  expect(findFieldProblem(field, value)).toBeUndefined()
})

it.each([
  ['thing1', '字'.repeat(21)],
  ['thing1', 'two\nlines'],
  ['thing1', '   '],
  ['number1', '1,000'],
  ['letter1', 'a1'],
  ['symbol1', 'a'],
  ['character_string1', '会议室'],
  ['character_string1', 'x'.repeat(33)],
  ['time1', '2019年10月1日'],
  ['time1', '25:00'],
  ['time1', '15:60'],
  ['time1', 'at 15:01'],
  ['date1', '2019'],
  ['date1', '15:01'],
  ['amount1', '12345678901'],
  ['amount1', '100 元整'],
  ['phone_number1', 'x'.repeat(5)],
  ['phone_number1', '1'.repeat(18)],
  ['car_number1', '粤A8Z888挂了'],
  ['car_number1', '粤甲8Z888'],
  ['name1', '用户410774'],
  ['name1', '字'.repeat(11)],
  ['name1', 'x'.repeat(21)],
  ['phrase1', 'abc'],
  ['phrase1', '六个字的短语'],
  ['thing1', 5],
])('%s may not be %j', (field, value) => {
  expect(findFieldProblem(field, value)).toBe('invalid')
})

it.each([undefined, null, ''])('nothing (%j) is empty', (value) => {
  expect(findFieldProblem('thing1', value)).toBe('is empty')
})
