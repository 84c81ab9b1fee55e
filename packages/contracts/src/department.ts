import type { Static } from 'typebox'
import { Type } from 'typebox'
import { OrgId, PublicId } from './org.ts'
import { DisplayText } from './text.ts'

/** Which state of a thing the client has seen: it changes with every edit. */
export const ItemVersion = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

const Name = () => DisplayText({ minLength: 1, maxLength: 40, examples: ['研发部'] })
const Sort = Type.Integer({ minimum: 0, maximum: 9_999 })

export const Department = Type.Object({
  id: PublicId(),
  name: Type.String(),
  sort: Sort,
  people: Type.Integer({ minimum: 0, description: 'active members' }),
  version: ItemVersion,
})
export type Department = Static<typeof Department>

export const DepartmentsResult = Type.Object({ departments: Type.Array(Department) })
export type DepartmentsResult = Static<typeof DepartmentsResult>

/** A name that is there already is that department. */
export const AddDepartmentRequest = Type.Object(
  { orgId: OrgId(), name: Name(), sort: Type.Optional(Sort) },
  { additionalProperties: false },
)
export type AddDepartmentRequest = Static<typeof AddDepartmentRequest>

export const UpdateDepartmentRequest = Type.Object(
  { version: ItemVersion, name: Type.Optional(Name()), sort: Type.Optional(Sort) },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdateDepartmentRequest = Static<typeof UpdateDepartmentRequest>

export const DepartmentResult = Type.Object({ id: PublicId(), version: ItemVersion })
export type DepartmentResult = Static<typeof DepartmentResult>
