export { request } from '../net/request'
