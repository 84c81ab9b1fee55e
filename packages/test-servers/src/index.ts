export * from './availability.ts'
export * from './mariadb.ts'
export * from './redis.ts'
