/** Fields that live as long as a component but are not data: WeChat's typings have no place for them. */
export const fieldsOf = <T extends object>(instance: object): Partial<T> => instance as Partial<T>
