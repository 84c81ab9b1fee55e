import { describe, expect, it } from 'vitest'
import { RosterUnreadable, readRoster } from './roster-file.ts'

const read = (text: string | Buffer) =>
  readRoster(Buffer.isBuffer(text) ? text : Buffer.from(text), (shown) => !shown.includes('\u202e'))

const LI = { name: '李明', phone: '86-13800000001', department: '研发部', title: '工程师' }

describe('a roster', () => {
  it('is read with its columns in any order, quotes, a byte order mark and empty lines', () => {
    const text = '\ufeff手机号,姓名,职务,部门,备注\r\n"138 0000 0001",李明,工程师,研发部,x\r\n\r\n'
    expect(read(text)).toEqual({ people: [{ line: 2, ...LI }], refused: [] })
  })

  it('is read in the encoding that Excel writes in China', () => {
    // 姓名,手机号\n李明,13800000001
    const gbk = Buffer.from('d0d5c3fb2ccad6bbfabac50ac0eec3f72c31333830303030303030310a', 'hex')
    expect(read(gbk).people).toMatchObject([{ name: '李明', phone: '86-13800000001' }])
  })

  it('needs neither departments nor titles', () => {
    expect(read('name,phone\n李明,13800000001\n').people).toEqual([
      { line: 2, ...LI, department: '', title: '' },
    ])
  })

  it('names each bad line with its number and the reason, and keeps the others', () => {
    const text = [
      '姓名,手机号,部门',
      '李明,13800000001,研发部',
      ',13800000002,',
      '王芳,1380000',
      '张伟,13800000001,',
      `${'长'.repeat(41)},13800000003,`,
      '赵\u202e敏,13800000004,',
      '周杰,13800000005,财务部',
    ].join('\n')
    const { people, refused } = read(text)

    expect(people.map(({ line, name }) => [line, name])).toEqual([
      [2, '李明'],
      [8, '周杰'],
    ])
    expect(refused).toEqual([
      { line: 3, why: '姓名 is missing' },
      { line: 4, why: '手机号 is no phone number' },
      { line: 5, why: 'the number stands in line 2 already' },
      { line: 6, why: '姓名 is longer than 40 characters' },
      { line: 7, why: '姓名 has characters that cannot be shown' },
    ])
  })

  it.each(['', '李明,13800000001\n'])('is refused whole without its header: %j', (text) => {
    expect(read(text).people).toEqual([])
    expect(read(text).refused).toHaveLength(1)
  })

  it('is refused whole when a quote never ends', () => {
    expect(() => read('姓名,手机号\n"李明,13800000001\n')).toThrow(RosterUnreadable)
  })
})
