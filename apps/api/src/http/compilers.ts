import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'

const fastifyValidator = AjvCompiler()
const fastifySerializer = SerializerSelector.SerializerSelector()

/**
 * What Fastify does by itself, but each schema is compiled once for all routes that have it (most answer
 * with the same failure) and for all servers of a process, which in tests are many. No schema refers to
 * another and all servers have the same options, so what is made depends on the schema alone.
 */
export const compilersFactory = {
  buildValidator: (...options: Parameters<typeof fastifyValidator>) =>
    remember(validators, fastifyValidator(...options)),
  buildSerializer: (...options: Parameters<typeof fastifySerializer>) =>
    remember(serializers, fastifySerializer(...options)),
}

const validators = new Map<string, ReturnType<ReturnType<typeof fastifyValidator>>>()
const serializers = new Map<string, ReturnType<ReturnType<typeof fastifySerializer>>>()

const remember =
  <Route, Made>(made: Map<string, Made>, compile: (route: Route) => Made) =>
  (route: Route & ({ schema?: unknown } | boolean)): Made => {
    const key = JSON.stringify(typeof route === 'object' ? route.schema : route)
    const known = made.get(key)
    if (known !== undefined) return known

    const compiled = compile(route)
    made.set(key, compiled)
    return compiled
  }
