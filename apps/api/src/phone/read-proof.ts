import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import type { PhoneProof } from './proof.ts'

type Fields = {
  code?: string | undefined
  encryptedData?: string | undefined
  iv?: string | undefined
}

/** One of the two proofs; rejects a request with both, with none and with half of one. `name` is that of the code. */
export const readProof = ({ code, encryptedData, iv }: Fields, name = 'code'): PhoneProof => {
  const hasData = encryptedData !== undefined || iv !== undefined
  if (code !== undefined && !hasData) return { code }
  if (code === undefined && encryptedData !== undefined && iv !== undefined) {
    return { encryptedData, iv }
  }
  throw new BusinessError(ERRNO.BAD_ARGUMENT, `参数错误：需要 ${name}，或 encryptedData 和 iv`)
}
