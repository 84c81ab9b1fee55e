/** A resolve hook: other packages of the workspace are read as source, so nothing has to be built. */
export const resolve = (specifier, context, nextResolve) =>
  nextResolve(specifier, { ...context, conditions: [...context.conditions, 'source'] })
