/** What commands work with. Loaded only then, so that a mistake on the command line shows at once. */
export const loadCore = async () => {
  const [{ loadConfig }, { openConfiguredStores, openCore }, { createLogger }, operatorAudit] =
    await Promise.all([
      import('../config/load-config.ts'),
      import('../core.ts'),
      import('../infra/logging/logger.ts'),
      import('../audit/operator-audit.ts'),
    ])
  const { createOperatorAudit } = operatorAudit
  return { loadConfig, openConfiguredStores, openCore, createLogger, createOperatorAudit }
}
