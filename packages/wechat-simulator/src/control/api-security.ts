import type { PlatformCertificate } from '../api-security/platform-certificates.ts'
import type { Platform } from '../platform/platform.ts'
import { requireApp } from './actions.ts'
import { ControlError } from './control-error.ts'
import type { AppRequest, CertificateChange } from './schemas/index.ts'

/** WeChat's certificates for an app, the newest first; an app with a public key has them. */
export const getCertificates = async (
  { appid }: AppRequest,
  platform: Platform,
): Promise<PlatformCertificate[]> => {
  const app = requireApp(appid, platform)
  if (!app.apiSecurity?.publicKey) {
    throw new ControlError(409, `${appid} has no public key in apiSecurity`)
  }
  const signers = await platform.platformCertificates.of(appid)

  return signers.map(({ sn, certificate, deprecated }) => ({ sn, certificate, deprecated }))
}

/** Adds a certificate beside the current one, or removes the older one. */
export const changeCertificate = (
  { appid, step }: CertificateChange,
  platform: Platform,
): Promise<PlatformCertificate[]> => {
  platform.platformCertificates.change(requireApp(appid, platform).appid, step)
  return getCertificates({ appid }, platform)
}
