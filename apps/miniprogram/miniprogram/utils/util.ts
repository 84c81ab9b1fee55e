// The name that well-known articles on this mini-program use; the code is in net/.
export { request } from '../net/request'
