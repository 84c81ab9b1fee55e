import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import * as contracts from './index.ts'

type Node = TSchema & {
  type?: string
  properties?: Record<string, Node>
  items?: Node
  anyOf?: Node[]
  additionalProperties?: boolean
  maxLength?: number
  pattern?: string
}

const isSchema = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && ('type' in value || 'anyOf' in value)

const walk = (schema: Node, path: string, visit: (node: Node, path: string) => void): void => {
  visit(schema, path)
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    walk(child, `${path}.${name}`, visit)
  }
  if (schema.items) walk(schema.items, `${path}[]`, visit)
  for (const option of schema.anyOf ?? []) walk(option, path, visit)
}

const schemas = Object.entries<unknown>(contracts).filter((entry): entry is [string, Node] =>
  isSchema(entry[1]),
)
const input = schemas.filter(([name]) => /(Request|Params|Claim)$/.test(name))

it('has schemas for input to look at', () => {
  expect(input.map(([name]) => name)).toEqual(
    expect.arrayContaining(['LoginByWeixinRequest', 'SessionParams', 'UserInfoClaim']),
  )
})

describe.each(input)('%s', (name, schema) => {
  it('refuses fields that it does not know', () => {
    walk(schema, name, (node, path) => {
      if (node.type === 'object') expect(node.additionalProperties, path).toBe(false)
    })
  })

  it('bounds the length of every string', () => {
    walk(schema, name, (node, path) => {
      // A literal is as long as it is.
      if (node.type !== 'string' || 'const' in node) return
      expect(node.maxLength !== undefined || /\{\d+,\d+\}\$$/.test(node.pattern ?? ''), path).toBe(
        true,
      )
    })
  })

  it('says nothing of who the caller is: that is known from the token alone', () => {
    walk(schema, name, (_node, path) => {
      expect(path).not.toMatch(/\.(openid|unionid|userId|session_key|sessionKey|token|status)$/i)
    })
  })
})

/** Shown to users who ask for all that is stored about them. */
const OWN = new Set(['PersonalDataResult.account.openid', 'PersonalDataResult.account.unionid'])

it.each(schemas.filter(([name]) => name.endsWith('Result')))(
  '%s has no room for a secret or an internal id',
  (name, schema) => {
    walk(schema, name, (_node, path) => {
      if (OWN.has(path)) return
      expect(path).not.toMatch(/\.(openid|unionid|userId|session_key|sessionKey|secret|password)$/i)
    })
  },
)
