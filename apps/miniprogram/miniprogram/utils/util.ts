// The name that the articles give it, for code that comes from there.
export { request } from '../net/request'
