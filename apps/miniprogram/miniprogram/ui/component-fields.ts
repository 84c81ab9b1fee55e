/** Fields of a component instance that are not data; WeChat's typings do not know such fields. */
export const fieldsOf = <T extends object>(instance: object): Partial<T> => instance as Partial<T>
